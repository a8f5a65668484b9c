using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware.I2c;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Boards.Diagnosing;

/// <summary>Everything that was looked at after an exchange with the device under test failed.</summary>
public sealed record FailureEvidence
{
    /// <summary>Name of the board.</summary>
    public required string Board { get; init; }

    /// <summary>Name of the adapter.</summary>
    public required string Adapter { get; init; }

    /// <summary>Address that was asked.</summary>
    public required I2cAddress Address { get; init; }

    /// <summary>The bench's own instrument that was asked; null for the device under test.</summary>
    public I2cDeviceDescription? Instrument { get; init; }

    /// <summary>How the transfer ended.</summary>
    public required I2cTransferResult Transfer { get; init; }

    /// <summary>Levels of the bus lines afterwards.</summary>
    public I2cLineLevels Lines { get; init; }

    /// <summary>An address that nobody is known to have and that did not get through either; null when it did, or was not tried.</summary>
    public I2cAddress? DeadAddress { get; init; }

    /// <summary>Why the adapter could not be used, with the next step; null when it could.</summary>
    public string? AdapterProblem { get; init; }

    /// <summary>What a check of the board found broken and nobody has mended since, as reason and text; null when nothing.</summary>
    public (string Reason, string Text)? WireFault { get; init; }

    /// <summary>What the probe says of the target; null for a board without a probe.</summary>
    public ProbeEvidence? Probe { get; init; }

    /// <summary>What is known of the flash.</summary>
    public required FlashContent Content { get; init; }

    /// <summary>Supply below which the bench is at fault, in volts.</summary>
    public double MinimumVolts { get; init; } = 2.0;

    /// <summary>Wall time, for the age of the receipt.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>What was seen through the probe.</summary>
public sealed record ProbeEvidence
{
    /// <summary>Which probe, for a person; empty when it is not there.</summary>
    public string Name { get; init; } = "";

    /// <summary>Reason in capitals why the probe cannot be used; null when it can.</summary>
    public string? ProblemReason { get; init; }

    /// <summary>The same for a person, with the next step.</summary>
    public string? Problem { get; init; }

    /// <summary>True when the probe was busy with other work, so that nothing can be said through it.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Target supply in volts; null when the probe cannot tell.</summary>
    public double? Volts { get; init; }

    /// <summary>Why the target did not answer on SWD; null when it did.</summary>
    public string? TargetProblem { get; init; }

    /// <summary>The core; null when the target did not answer.</summary>
    public CoreEvidence? Core { get; init; }
}

/// <summary>What was seen of the chip's reset.</summary>
public enum ResetFinding
{
    /// <summary>It is not in reset.</summary>
    None,

    /// <summary>It is held in reset from outside: it executes nothing.</summary>
    Held,

    /// <summary>It is reset again within milliseconds, and executes in between.</summary>
    AgainAndAgain,
}

/// <summary>What was seen of the core.</summary>
/// <param name="State">What it does.</param>
/// <param name="Faults">Its fault registers.</param>
/// <param name="ProgramCounter">Sampled; null when it cannot be without stopping the core.</param>
public sealed record CoreEvidence(CoreState State, FaultStatus Faults, uint? ProgramCounter)
{
    /// <summary>Whether the chip is in reset, or comes out of it again and again.</summary>
    public ResetFinding Reset { get; init; }

    /// <summary>True when the firmware no longer does its work because it faulted: lockup, or it sits in a fault handler (exceptions 3 to 6).</summary>
    public bool IsCrashed => State.IsLockedUp || Faults.ActiveException is >= 3 and <= 6;
}
