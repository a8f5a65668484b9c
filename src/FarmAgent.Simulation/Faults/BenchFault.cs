using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Faults;

/// <summary>One fault, as a script or a client asks for it: what it does, when, and to which part of the bench.</summary>
/// <param name="Kind">What it does.</param>
public sealed record BenchFault(BenchFaultKind Kind)
{
    /// <summary>Limit of a flash hold where none is given, in wall time.</summary>
    public static TimeSpan DefaultHoldLimit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>When it strikes, and for how long.</summary>
    public FaultTrigger Trigger { get; init; } = FaultTrigger.Now;

    /// <summary>Net of a fault on a wire; of a serial fault null for every serial line.</summary>
    public string? Net { get; init; }

    /// <summary>End at which a wire is cut, for example <c>host:PG11</c>; null for the ends on the chip.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The other net of a bridge.</summary>
    public string? To { get; init; }

    /// <summary>Level of a wire that is stuck: true is shorted to the supply, false to ground.</summary>
    public bool High { get; init; }

    /// <summary>I2C adapter whose bus is meant; null for every bus.</summary>
    public string? Bus { get; init; }

    /// <summary>Direction of the USB transfers that are counted and struck.</summary>
    public UsbDirection Direction { get; init; }

    /// <summary>Bytes that a short reply lacks.</summary>
    public int Missing { get; init; } = 1;

    /// <summary>Supply during a brown-out in volts.</summary>
    public double Volts { get; init; }

    /// <summary>Bits of a serial frame that noise turns over, first on the wire in bit 0 (the start bit).</summary>
    public uint Bits { get; init; }

    /// <summary>Wall time after which a flash hold ends by itself.</summary>
    public TimeSpan HoldLimit { get; init; } = DefaultHoldLimit;

    /// <summary>The chip that takes the place of the one on the bench.</summary>
    public BenchTarget? Chip { get; init; }

    /// <summary>True when it stays until it is cleared or its time is over, false when it strikes single transfers.</summary>
    public bool IsLasting => FaultCatalog.Of(Kind).IsLasting;

    /// <inheritdoc/>
    public override string ToString() => FaultText.Of(this);
}

/// <summary>Direction of a USB transfer, as the host sees it.</summary>
public enum UsbDirection
{
    /// <summary>Both.</summary>
    Any,

    /// <summary>To the probe.</summary>
    Out,

    /// <summary>From the probe.</summary>
    In,
}
