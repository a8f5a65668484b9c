using System.Globalization;

namespace FarmAgent.Simulation.Faults;

/// <summary>Says in one line what a fault is.</summary>
internal static class FaultText
{
    public static string Of(BenchFault fault) => string.Create(CultureInfo.InvariantCulture, $"{What(fault)}{When(fault)}");

    private static string What(BenchFault fault) => fault.Kind switch
    {
        BenchFaultKind.UnplugProbe => "probe unplugged",
        BenchFaultKind.UsbStall => $"USB stall{On(fault.Direction)}",
        BenchFaultKind.UsbTimeout => $"USB time-out{On(fault.Direction)}",
        BenchFaultKind.UsbShortReply => $"USB reply {fault.Missing} bytes short",
        BenchFaultKind.UsbStaleReply => "stale USB reply",
        BenchFaultKind.SwdWait => "SWD answers WAIT",
        BenchFaultKind.SwdParity => "SWD parity error",
        BenchFaultKind.CutWire => fault.Endpoint is null ? $"wire {fault.Net} cut" : $"wire {fault.Net} cut at {fault.Endpoint}",
        BenchFaultKind.BridgeWires => $"wire {fault.Net} bridged to {fault.To}",
        BenchFaultKind.StuckWire => $"wire {fault.Net} stuck {(fault.High ? "high" : "low")}",
        BenchFaultKind.PowerOff => "target without supply",
        BenchFaultKind.BrownOut => string.Create(CultureInfo.InvariantCulture, $"target's supply down to {fault.Volts} V"),
        BenchFaultKind.SwapChip => $"chip swapped for the blank one with unique id {fault.Chip?.UniqueId}",
        BenchFaultKind.HoldFlash => "flash held",
        BenchFaultKind.I2cNack => $"I2C byte not acknowledged{At(fault.Bus)}",
        BenchFaultKind.I2cStretch => $"I2C clock stretched{At(fault.Bus)}",
        BenchFaultKind.I2cArbitrationLost => $"I2C arbitration lost{At(fault.Bus)}",
        BenchFaultKind.UartNoise => $"noise on serial line{At(fault.Net)}, bits 0x{fault.Bits:X3}",
        _ => $"overrun on serial line{At(fault.Net)}",
    };

    private static string When(BenchFault fault)
    {
        var trigger = fault.Trigger;
        var stream = FaultCatalog.Of(fault.Kind).Stream is var own and not FaultStream.None ? own : trigger.Of;
        var text = stream == FaultStream.None ? "" : $", from {One(stream)} {trigger.At}";
        text += trigger.Count switch
        {
            1 => "",
            FaultTrigger.Endless => ", without end",
            var count => $", {count} in a row",
        };
        text += trigger.After > TimeSpan.Zero ? $", after {Time(trigger.After)}" : "";
        return text + (trigger.For is { } duration ? $", for {Time(duration)}" : "");
    }

    private static string One(FaultStream stream) => stream switch
    {
        FaultStream.UsbTransfers => "USB transfer",
        FaultStream.SwdTransfers => "SWD transfer",
        FaultStream.HalfWords => "half-word",
        FaultStream.I2cBytes => "I2C byte",
        _ => "frame",
    };

    private static string On(UsbDirection direction) => direction switch
    {
        UsbDirection.Out => " to the probe",
        UsbDirection.In => " from the probe",
        _ => "",
    };

    private static string At(string? place) => place is null ? "" : $" {place}";

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds} ms");
}
