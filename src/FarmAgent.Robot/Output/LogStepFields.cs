using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Writes what stands behind the body of a step in a log: see <see cref="LogBodyWriter"/>.</summary>
internal sealed class LogStepFields(Utf8Output output, LogStrings strings)
{
    /// <summary>Added to the status of a step that is open when the page is.</summary>
    private const int Open = 8;

    private long _start;
    private int _empty;

    /// <summary>Local time from which times are counted.</summary>
    public DateTimeOffset Start
    {
        set => _start = value.DateTime.Ticks;
    }

    public void Write(StepResult step, bool isOpen)
    {
        _empty = 0;
        Number((int)step.Status + (isOpen ? Open : 0));
        Reference(StepNames.Kind(step));
        var keyword = step as KeywordResult;
        if (keyword is not null)
        {
            Reference(keyword.Name);
        }
        else
        {
            Text(StepNames.Name(step));
        }

        Number(Milliseconds(step.StartTime));
        Number((long)step.Elapsed.TotalMicroseconds);
        if (keyword is not null)
        {
            Reference(keyword.Owner);
            List(keyword.Arguments, isShared: false);
            List(keyword.Assign, isShared: true);
            List(keyword.Tags, isShared: true);
            Reference(keyword.Documentation);
            Reference(keyword.Timeout);
            Text(step.Message);
        }
        else if (step.Message.Length > 0)
        {
            _empty += 6;
            Text(step.Message);
        }
    }

    /// <summary>Milliseconds since the start.</summary>
    public long Milliseconds(DateTimeOffset time) => (time.DateTime.Ticks - _start) / TimeSpan.TicksPerMillisecond;

    private void Field()
    {
        for (; _empty > 0; _empty--)
        {
            output.Write(",0"u8);
        }

        output.Write(","u8);
    }

    private void Number(long number)
    {
        Field();
        output.Write(number);
    }

    private void Reference(string text)
    {
        if (text.Length == 0)
        {
            _empty++;
            return;
        }

        Field();
        strings.WriteReference(output, text);
    }

    private void Text(string text)
    {
        if (text.Length == 0)
        {
            _empty++;
            return;
        }

        Field();
        JsonText.Write(output, text);
    }

    private void List(IReadOnlyList<string> items, bool isShared)
    {
        if (items.Count == 0)
        {
            _empty++;
            return;
        }

        Field();
        for (var i = 0; i < items.Count; i++)
        {
            output.Write(i == 0 ? "["u8 : ","u8);
            if (isShared)
            {
                strings.WriteReference(output, items[i]);
            }
            else
            {
                JsonText.Write(output, items[i]);
            }
        }

        output.Write("]"u8);
    }
}
