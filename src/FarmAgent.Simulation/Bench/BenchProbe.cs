namespace FarmAgent.Simulation.Bench;

/// <summary>The simulated ST-LINK.</summary>
/// <param name="Serial">24 hex digits.</param>
/// <param name="PortPath">USB bus and port chain, for example <c>1-1</c>.</param>
public sealed record BenchProbe(string Serial, string PortPath)
{
    /// <summary>Firmware as its makers write it: <c>V2J37S7</c> is a stand-alone V2, <c>V2J37M27</c> a V2-1 on a board, <c>V3J13M4B5S1</c> a V3.</summary>
    public string Firmware { get; init; } = "V2J37S7";

    /// <summary>USB product id where it is not the usual one of the firmware, for example 0x3753; 0 for the usual one.</summary>
    public int Product { get; init; }

    /// <summary>How the serial number descriptor holds the serial.</summary>
    public BenchSerialForm SerialForm { get; init; }

    /// <summary>What the probe is doing when it is plugged in.</summary>
    public BenchProbeStart Start { get; init; }

    /// <summary>True when a program was broken off before it took a reply: the first read on the probe gets that one.</summary>
    public bool StaleReply { get; init; }

    /// <summary>False where the probe's NRST pin hangs free, as on many a four-wire cable.</summary>
    public bool NrstWired { get; init; } = true;

    /// <summary>False where the pin that senses the target's supply hangs free.</summary>
    public bool SupplySensed { get; init; } = true;
}

/// <summary>How a serial number descriptor holds a serial of 12 bytes.</summary>
public enum BenchSerialForm
{
    /// <summary>24 hex digits.</summary>
    Hex,

    /// <summary>12 code units with the raw bytes, as old firmware and firmware loaders do.</summary>
    Binary,

    /// <summary>24 question marks, as on copies.</summary>
    Placeholder,

    /// <summary>An empty descriptor, as on copies.</summary>
    None,
}

/// <summary>What a probe is doing when it is plugged in.</summary>
public enum BenchProbeStart
{
    /// <summary>What its kind does: a stand-alone V2 waits in DFU mode, the others are idle.</summary>
    Usual,

    /// <summary>DFU mode, to be left by a command.</summary>
    Dfu,

    /// <summary>Idle, which is called mass storage mode.</summary>
    MassStorage,

    /// <summary>In debug mode, left behind by a program that crashed.</summary>
    Debug,

    /// <summary>In SWIM mode.</summary>
    Swim,

    /// <summary>In its firmware loader, which looks like DFU mode; leaving it makes the probe drop off USB and come back.</summary>
    Loader,
}
