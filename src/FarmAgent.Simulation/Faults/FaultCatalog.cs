using System.Collections.Frozen;

namespace FarmAgent.Simulation.Faults;

/// <summary>What is said of a kind of fault in one place: its word, what it counts, and the keys that a script may give.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Word">Its name in scripts and on command lines.</param>
/// <param name="Stream">What it counts by itself; <see cref="FaultStream.None"/> for a fault that begins by time.</param>
/// <param name="IsLasting">True when it stays until it is cleared or its time is over.</param>
/// <param name="Keys">Keys of its own, beside those of the trigger.</param>
/// <param name="Effect">What it does, in one sentence.</param>
public sealed record FaultEntry(BenchFaultKind Kind, string Word, FaultStream Stream, bool IsLasting, IReadOnlyList<string> Keys, string Effect);

/// <summary>All kinds of faults.</summary>
public static class FaultCatalog
{
    private static readonly FrozenDictionary<BenchFaultKind, FaultEntry> ByKind = Entries().ToFrozenDictionary(e => e.Kind);

    /// <summary>Every kind, in the order in which they are documented.</summary>
    public static IReadOnlyList<FaultEntry> All { get; } = [.. Entries()];

    /// <summary>What is counted, by its word in scripts.</summary>
    public static IReadOnlyList<(string Word, FaultStream Stream)> Streams { get; } =
    [
        ("usb-transfers", FaultStream.UsbTransfers),
        ("swd-transfers", FaultStream.SwdTransfers),
        ("half-words", FaultStream.HalfWords),
        ("i2c-bytes", FaultStream.I2cBytes),
        ("uart-frames", FaultStream.UartFrames),
    ];

    /// <summary>The entry of a kind.</summary>
    public static FaultEntry Of(BenchFaultKind kind) => ByKind[kind];

    private static IEnumerable<FaultEntry> Entries() =>
    [
        Lasting(BenchFaultKind.UnplugProbe, "unplug-probe", FaultStream.None, [], "the probe is off USB: open pipes are dead, the listing is empty"),
        Single(BenchFaultKind.UsbStall, "usb-stall", FaultStream.UsbTransfers, ["direction"], "the transfer ends with STALL; its endpoint is halted until the host clears it"),
        Single(BenchFaultKind.UsbTimeout, "usb-timeout", FaultStream.UsbTransfers, ["direction"], "the transfer runs into the host's limit: a command does not arrive, a reply stays queued"),
        Single(BenchFaultKind.UsbShortReply, "usb-short-reply", FaultStream.UsbTransfers, ["missing"], "the reply lacks its last bytes"),
        Single(BenchFaultKind.UsbStaleReply, "usb-stale-reply", FaultStream.UsbTransfers, [], "the reply before comes once more, and all later ones come one late until the host drains the pipe"),
        Single(BenchFaultKind.SwdWait, "swd-wait", FaultStream.SwdTransfers, [], "the access port answers WAIT"),
        Single(BenchFaultKind.SwdParity, "swd-parity", FaultStream.SwdTransfers, [], "data from the target arrives with a wrong parity bit"),
        Lasting(BenchFaultKind.CutWire, "cut-wire", FaultStream.None, ["net", "end"], "the wire is cut at its ends on the chip, or at one end"),
        Lasting(BenchFaultKind.BridgeWires, "bridge-wires", FaultStream.None, ["net", "to"], "two wires touch and have one level"),
        Lasting(BenchFaultKind.StuckWire, "stuck-wire", FaultStream.None, ["net", "level"], "the wire is shorted to ground or to the supply, whoever drives it"),
        Lasting(BenchFaultKind.PowerOff, "power-off", FaultStream.None, [], "the chip has no supply; a half-word that is being programmed is undefined"),
        Lasting(BenchFaultKind.BrownOut, "brown-out", FaultStream.None, ["volts"], "the supply sags; below 1.88 V the chip is in power-down reset"),
        Lasting(BenchFaultKind.SwapChip, "swap-chip", FaultStream.None, ["uid"], "another chip sits in the socket, blank and with another unique id; cleared, the first one is back"),
        Single(BenchFaultKind.HoldFlash, "hold-flash", FaultStream.HalfWords, ["limit"], "the flash stays busy at the half-word and the bench's time stands still"),
        Single(BenchFaultKind.I2cNack, "i2c-nack", FaultStream.I2cBytes, ["bus"], "a byte from the host is not acknowledged"),
        Lasting(BenchFaultKind.I2cStretch, "i2c-stretch", FaultStream.I2cBytes, ["bus"], "SCL is held low after the byte"),
        Single(BenchFaultKind.I2cArbitrationLost, "i2c-arbitration-lost", FaultStream.I2cBytes, ["bus"], "another controller wins the bus during the byte"),
        Single(BenchFaultKind.UartNoise, "uart-noise", FaultStream.UartFrames, ["net", "bits"], "bits of the frame are turned over and the receiver sees noise"),
        Single(BenchFaultKind.UartOverrun, "uart-overrun", FaultStream.UartFrames, ["net"], "the frame is lost to a receiver that still holds the one before"),
    ];

    private static FaultEntry Lasting(BenchFaultKind kind, string word, FaultStream stream, IReadOnlyList<string> keys, string effect) =>
        new(kind, word, stream, IsLasting: true, keys, effect);

    private static FaultEntry Single(BenchFaultKind kind, string word, FaultStream stream, IReadOnlyList<string> keys, string effect) =>
        new(kind, word, stream, IsLasting: false, keys, effect);
}
