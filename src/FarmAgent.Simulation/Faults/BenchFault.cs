namespace FarmAgent.Simulation.Faults;

/// <summary>What a fault does to the bench.</summary>
public enum BenchFaultKind
{
    /// <summary>The probe is pulled out of its USB port.</summary>
    UnplugProbe,

    /// <summary>A wire is cut at its ends on the chip, or at one named end.</summary>
    CutWire,

    /// <summary>Programming stops at a half-word: the flash stays busy and the bench's time stands still until the hold is released.</summary>
    HoldFlash,

    /// <summary>The chip has no supply.</summary>
    PowerOff,
}

/// <summary>One fault, as a bench file or a client asks for it.</summary>
/// <param name="Kind">What it does.</param>
public sealed record BenchFault(BenchFaultKind Kind)
{
    /// <summary>Limit of a flash hold where none is given, in wall time.</summary>
    public static TimeSpan DefaultHoldLimit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Net of a cut wire.</summary>
    public string? Net { get; init; }

    /// <summary>End at which the wire is cut, for example <c>host:PG11</c>; null for the ends on the chip.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Half-word of a flash hold, counted from 1 over those that are programmed from now on.</summary>
    public int HalfWord { get; init; }

    /// <summary>Wall time after which a flash hold ends by itself.</summary>
    public TimeSpan HoldLimit { get; init; } = DefaultHoldLimit;

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        BenchFaultKind.CutWire => Endpoint is null ? $"wire {Net} cut" : $"wire {Net} cut at {Endpoint}",
        BenchFaultKind.HoldFlash => $"flash held at half-word {HalfWord}",
        BenchFaultKind.PowerOff => "target without supply",
        _ => "probe unplugged",
    };
}
