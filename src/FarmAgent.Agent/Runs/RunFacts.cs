using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>Why a run was stopped before its suite had ended.</summary>
internal enum RunStop
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Its user asked for it.</summary>
    Cancelled,

    /// <summary>The lease that it ran under ended.</summary>
    LeaseLost,

    /// <summary>It took longer than a run may take.</summary>
    TimeLimit,

    /// <summary>The agent stopped in good order.</summary>
    AgentStopping,

    /// <summary>The agent ended without notice and was started again.</summary>
    AgentRestarted,
}

/// <summary>Something that kept a run from being carried out.</summary>
/// <param name="Reason">Stable name in capitals.</param>
/// <param name="Message">What happened, what was found, what to do next.</param>
internal sealed record RunProblem(string Reason, string Message);

/// <summary>All that the verdict of a run rests on.</summary>
internal sealed record RunFacts
{
    /// <summary>Why it was stopped.</summary>
    public RunStop Stop { get; init; }

    /// <summary>Why its suite could not be run at all; null when it was.</summary>
    public RunProblem? Problem { get; init; }

    /// <summary>Exit code of the runner, as Robot Framework defines it; null when it never started or was killed.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What the runner left about its tests; null when there is nothing to be read.</summary>
    public SuiteResults? Results { get; init; }

    /// <summary>Why no receipt says what was on the chip when the run ended; null when one does.</summary>
    public string? NotProven { get; init; }

    /// <summary>What was found out about failed exchanges.</summary>
    public IReadOnlyList<Wire.Diagnosis> Diagnoses { get; init; } = [];
}
