namespace FarmAgent.Robot.Output;

/// <summary>A body of the log that is being written, and where its parts stand in the file.</summary>
internal sealed class LogFrame
{
    private readonly List<(long Position, bool IsRemovable, bool HasPassed)> _rounds = [];
    private long _content;

    /// <summary>Position of the step whose body it is.</summary>
    public long Item { get; set; }

    /// <summary>Position behind the setup, or of the content where there is none.</summary>
    public long SetupEnd { get; set; }

    /// <summary>Position of the teardown, or a negative number.</summary>
    public long TeardownStart { get; set; }

    public bool IsEmpty { get; set; }

    public bool HasTrouble { get; set; }

    public bool IsExpanded { get; set; }

    /// <summary>Whether messages of the steps below are written here, and the steps are not.</summary>
    public bool IsFlat { get; private set; }

    /// <summary>How many rounds stay of a loop or of repeated attempts; 0 for all, and for other steps.</summary>
    public int KeptRounds { get; private set; }

    public int RemovedRounds { get; private set; }

    public bool LastRoundPassed => _rounds.Count > 0 && _rounds[^1].HasPassed;

    public void Start(long content, int keptRounds, bool isFlat)
    {
        _rounds.Clear();
        (_content, SetupEnd, TeardownStart) = (content, content, -1);
        (IsEmpty, HasTrouble, IsExpanded, IsFlat) = (true, false, false, isFlat);
        (KeptRounds, RemovedRounds) = (keptRounds, 0);
    }

    /// <summary>Takes over from a body below what matters here too.</summary>
    public void Take(LogFrame below)
    {
        HasTrouble |= below.HasTrouble;
        IsExpanded |= below.IsExpanded;
    }

    public LogRegion Region(long end) => new(SetupEnd, TeardownStart >= 0 ? TeardownStart : end, SetupEnd > _content, TeardownStart >= 0);

    public void AddRound(long position, bool isRemovable, bool hasPassed) => _rounds.Add((position, isRemovable, hasPassed));

    /// <summary>Takes the oldest rounds out, except those that must be seen.</summary>
    public void PruneRounds(Utf8Output output, int kept)
    {
        while (_rounds.Count > Math.Max(kept, 1))
        {
            var (start, isRemovable, _) = _rounds[0];
            _rounds.RemoveAt(0);
            if (!isRemovable)
            {
                continue;
            }

            var length = _rounds[0].Position - start;
            output.Remove(start, _rounds[0].Position);
            RemovedRounds++;
            for (var i = 0; i < _rounds.Count; i++)
            {
                _rounds[i] = _rounds[i] with { Position = _rounds[i].Position - length };
            }
        }
    }
}
