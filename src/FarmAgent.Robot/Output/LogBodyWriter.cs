using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>
/// Writes what happened in one test or suite fixture as JSON, while it happens: nothing of it stays in memory. A body is a list of
/// messages <c>[level, time, text, 1 if it is HTML]</c> and steps <c>[body, status, kind, name, time, elapsed, owner, arguments, assign, tags,
/// documentation, timeout, message]</c>, which end after their last field that is not empty. Times are milliseconds since the start of the run,
/// elapsed times microseconds; level and status are numbers of their enumerations, the status plus 8 for a step that is open from the start;
/// a number in place of a text is one of the <see cref="LogStrings"/>. A number among the items of a body tells what the options have
/// taken out of it: 0 the content, -1 the steps around the messages, any other so many rounds.
/// </summary>
internal sealed class LogBodyWriter(Utf8Output output, LogStrings strings, LogPruning pruning)
{
    private const int Flattened = -1;

    private readonly LogStepFields _fields = new(output, strings);
    private readonly List<LogFrame> _frames = [];
    private readonly List<LogRegion> _regions = [];
    private int _depth = -1;
    private int _hidden;

    /// <summary>Local time from which times are counted.</summary>
    public DateTimeOffset Start
    {
        set => _fields.Start = value;
    }

    /// <summary>Whether a warning or an error was logged into the body.</summary>
    public bool HasTrouble => Current.HasTrouble;

    /// <summary>Whether the options want a step of the body to be seen at once.</summary>
    public bool IsExpanded => Current.IsExpanded;

    /// <summary>What the steps of the body hold; kept only where the end of the test or suite decides about it.</summary>
    public IReadOnlyList<LogRegion> Regions => _regions;

    private LogFrame Current => _frames[_depth];

    public void StartBody()
    {
        _regions.Clear();
        Push(null);
    }

    public void EndBody()
    {
        output.Write("]"u8);
        _depth--;
    }

    public void StartStep(StepResult step)
    {
        if (_hidden > 0 || Current.IsFlat)
        {
            _hidden++;
            return;
        }

        var position = Separate();
        if (step is KeywordResult { Role: KeywordRole.Teardown })
        {
            Current.TeardownStart = position;
        }

        output.Write("["u8);
        Push(step);
        Current.Item = position;
    }

    public void EndStep(StepResult step)
    {
        if (_hidden > 0)
        {
            _hidden--;
            return;
        }

        var frame = Current;
        FinishBody(frame, step);
        var region = frame.Region(output.Position);
        if (pruning.Clears(step, frame.HasTrouble))
        {
            region.Clear(output);
            region = region with { End = output.Position };
        }

        EndBody();
        frame.IsExpanded |= pruning.Expands(step);
        _fields.Write(step, frame.IsExpanded);
        output.Write("]\n"u8);
        Current.Take(frame);
        if (step is KeywordResult { Role: KeywordRole.Setup })
        {
            Current.SetupEnd = output.Position;
        }

        if (_depth == 0 && pruning.ClearsPassed)
        {
            _regions.Add(region);
        }

        EndRound(Current, frame, step);
    }

    public void Write(Message message)
    {
        Current.HasTrouble |= message.Level is MessageLevel.Warn or MessageLevel.Error;
        if (_depth == 0 && pruning.ClearsAll)
        {
            return;
        }

        Separate();
        output.Write("["u8);
        output.Write((int)message.Level);
        output.Write(","u8);
        output.Write(_fields.Milliseconds(message.Time));
        output.Write(","u8);
        JsonText.Write(output, message.Text);
        output.Write(message.Html ? ",1]\n"u8 : "]\n"u8);
    }

    // Frames are used again and again: a run has many more steps than it has levels.
    private void Push(StepResult? step)
    {
        output.Write("["u8);
        if (++_depth == _frames.Count)
        {
            _frames.Add(new LogFrame());
        }

        Current.Start(output.Position, pruning.KeptRounds(step), step is not null && pruning.Flattens(step));
    }

    private void FinishBody(LogFrame frame, StepResult step)
    {
        if (step is KeywordResult)
        {
            frame.PruneRounds(output, frame.LastRoundPassed ? frame.KeptRounds : frame.KeptRounds - 1);
        }

        if (frame.RemovedRounds > 0)
        {
            Note(frame.RemovedRounds);
        }

        if (frame.IsFlat)
        {
            Note(Flattened);
        }
    }

    private void EndRound(LogFrame parent, LogFrame frame, StepResult step)
    {
        if (parent.KeptRounds > 0 && step is KeywordResult or IterationResult)
        {
            var isRemovable = !frame.HasTrouble && (step is KeywordResult || step.Status == Status.Pass);
            parent.AddRound(frame.Item, isRemovable, step.Status == Status.Pass);
            parent.PruneRounds(output, parent.KeptRounds);
        }
    }

    private void Note(int number)
    {
        Separate();
        output.Write(number);
    }

    /// <summary>Starts an item of the body.</summary>
    /// <returns>Its position.</returns>
    private long Separate()
    {
        if (!Current.IsEmpty)
        {
            output.Write(","u8);
        }

        Current.IsEmpty = false;
        return output.Position;
    }
}
