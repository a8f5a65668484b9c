using System.Globalization;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Probes.Gdb;

/// <summary>Signals by gdb's own numbers (gdb's include/gdb/signals.def).</summary>
internal enum GdbSignal : byte
{
    Interrupt = 2,
    IllegalInstruction = 4,
    Trap = 5,
    Arithmetic = 8,
    BusError = 10,
    SegmentationFault = 11,
    Terminated = 15,
    Lost = 32,
}

/// <summary>Why the core has stopped.</summary>
/// <param name="Signal">What gdb calls it.</param>
/// <param name="Detail">Further fields of the stop reply, each ended by a semicolon; empty for none.</param>
/// <param name="Message">What its user should read besides; null for nothing.</param>
internal sealed record GdbStop(GdbSignal Signal, string Detail = "", string? Message = null)
{
    /// <summary>A plain stop.</summary>
    public static GdbStop Trap { get; } = new(GdbSignal.Trap);

    /// <summary>Stopped on request.</summary>
    public static GdbStop Interrupt { get; } = new(GdbSignal.Interrupt);

    /// <summary>A fault of the firmware.</summary>
    public static GdbStop Fault(FaultStatus faults, bool lockedUp)
    {
        const uint UsageFaults = 0x000F_0000;
        const uint Unaligned = 1u << 24;
        const uint DivideByZero = 1u << 25;
        var signal = faults.Configurable switch
        {
            var f when (f & UsageFaults) != 0 => GdbSignal.IllegalInstruction,
            var f when (f & DivideByZero) != 0 => GdbSignal.Arithmetic,
            var f when (f & Unaligned) != 0 => GdbSignal.BusError,
            _ => GdbSignal.SegmentationFault,
        };
        var what = lockedUp ? "The core was locked up" : "Fault";
        var hint = lockedUp && !faults.HasFault ? "; an erased flash or a bad vector table does this" : string.Empty;
        return new GdbStop(signal, Message: $"{what}: {faults}{hint}.");
    }

    /// <summary>The reply without the frame.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"T{(byte)Signal:x2}{Detail}thread:1;");
}
