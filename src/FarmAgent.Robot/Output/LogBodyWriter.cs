using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>
/// Writes what happened in one test or suite fixture as JSON, while it happens: nothing of it stays in memory. A body is a list of
/// messages <c>[level, time, text, 1 if it is HTML]</c> and steps <c>[body, status, kind, name, time, elapsed, owner, arguments, assign, tags,
/// documentation, timeout, message]</c>, which end after their last field that is not empty. Times are milliseconds since the start of the run,
/// elapsed times microseconds; level and status are numbers of their enumerations; a number in place of a text is one of the <see cref="LogStrings"/>.
/// </summary>
internal sealed class LogBodyWriter(Utf8Output output, LogStrings strings)
{
    private long _start;
    private bool _isFirst;
    private int _empty;

    /// <summary>Local time from which times are counted.</summary>
    public DateTimeOffset Start
    {
        set => _start = value.DateTime.Ticks;
    }

    public void StartBody()
    {
        output.Write("["u8);
        _isFirst = true;
    }

    public void EndBody()
    {
        output.Write("]"u8);
        _isFirst = false;
    }

    public void StartStep()
    {
        Separate();
        output.Write("["u8);
        StartBody();
    }

    public void EndStep(StepResult step)
    {
        EndBody();
        _empty = 0;
        Number((int)step.Status);
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

        output.Write("]\n"u8);
    }

    public void Write(Message message)
    {
        Separate();
        output.Write("["u8);
        output.Write((int)message.Level);
        output.Write(","u8);
        output.Write(Milliseconds(message.Time));
        output.Write(","u8);
        JsonText.Write(output, message.Text);
        output.Write(message.Html ? ",1]\n"u8 : "]\n"u8);
    }

    private long Milliseconds(DateTimeOffset time) => (time.DateTime.Ticks - _start) / TimeSpan.TicksPerMillisecond;

    private void Separate()
    {
        if (!_isFirst)
        {
            output.Write(","u8);
        }

        _isFirst = false;
    }

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
