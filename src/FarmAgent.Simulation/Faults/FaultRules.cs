using FarmAgent.Hardware;
using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Faults;

/// <summary>What a fault must say, and which faults are the same one.</summary>
internal static class FaultRules
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);

    /// <summary>Refuses a fault that the bench cannot have.</summary>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>, <c>I2C_ADAPTER_UNKNOWN</c>, <c>FAULT_INVALID</c>.</exception>
    public static void Check(BenchFault fault, VirtualBench bench)
    {
        CheckTrigger(fault);
        CheckPlace(fault, bench);
        switch (fault.Kind)
        {
            case BenchFaultKind.HoldFlash when fault.HoldLimit <= TimeSpan.Zero:
                throw Invalid($"The flash cannot be held for {fault.HoldLimit.TotalSeconds} s. Give a limit above 0 s.");
            case BenchFaultKind.UsbShortReply when fault.Missing < 1:
                throw Invalid($"A reply that is {fault.Missing} bytes short is no fault. Give at least 1.");
            case BenchFaultKind.BrownOut when fault.Volts is < 0 or > 5.5:
                throw Invalid($"A supply of {fault.Volts} V is none of a brown-out. Give 0 V to 5.5 V.");
        }
    }

    /// <summary>True when both do the same to the same part, whatever their triggers.</summary>
    public static bool IsSame(BenchFault one, BenchFault other) => one.Kind == other.Kind
        && Same(one.Net, other.Net) && Same(one.Endpoint, other.Endpoint) && Same(one.To, other.To) && Same(one.Bus, other.Bus)
        && one.Direction == other.Direction;

    /// <summary>True when the new fault takes the place of the old: the bench cannot have both at once.</summary>
    public static bool IsReplacedBy(BenchFault old, BenchFault made) => IsSame(old, made)
        && (made.Kind == BenchFaultKind.HoldFlash || (FaultCatalog.Of(made.Kind) is { IsLasting: true, Stream: FaultStream.None } && old.Trigger == made.Trigger))
        || (old.Kind == made.Kind && made.Kind == BenchFaultKind.SwapChip);

    private static void CheckTrigger(BenchFault fault)
    {
        var entry = FaultCatalog.Of(fault.Kind);
        var trigger = fault.Trigger;
        if (trigger.At < 1 || trigger.Count < 1)
        {
            throw Invalid($"{entry.Word} cannot strike at {trigger.At}, {trigger.Count} times. Both count from 1.");
        }

        if (trigger.After < TimeSpan.Zero || trigger.After > LongestTime || trigger.For is { } length && (length <= TimeSpan.Zero || length > LongestTime))
        {
            throw Invalid($"{entry.Word} has a time that is not between 0 and {LongestTime.TotalHours:0} h. Correct 'after' or 'for'.");
        }

        if (entry.Stream != FaultStream.None && trigger.Of != FaultStream.None && trigger.Of != entry.Stream)
        {
            throw Invalid($"{entry.Word} counts {WordOf(entry.Stream)} and nothing else. Leave 'of' out.");
        }

        if (entry is { IsLasting: true, Stream: FaultStream.None } && trigger is { Of: FaultStream.None, At: > 1 })
        {
            throw Invalid($"{entry.Word} has 'at', but not of what. Add 'of', one of {string.Join(", ", FaultCatalog.Streams.Select(s => s.Word))}.");
        }

        if (fault.Kind == BenchFaultKind.I2cStretch && trigger.For is null)
        {
            throw Invalid($"{entry.Word} does not say for how long. Add 'for', for example 5ms; a clock that is never released is a stuck-wire.");
        }

        if (!entry.IsLasting && trigger.For is not null)
        {
            throw Invalid($"{entry.Word} strikes single {WordOf(entry.Stream)} and has no 'for'. Use 'count'.");
        }

        if ((entry.IsLasting || fault.Kind == BenchFaultKind.HoldFlash) && trigger.Count > 1)
        {
            throw Invalid($"{entry.Word} begins once and has no 'count'. Use 'for', or several faults.");
        }
    }

    private static void CheckPlace(BenchFault fault, VirtualBench bench)
    {
        switch (fault.Kind)
        {
            case BenchFaultKind.CutWire when fault.Endpoint is { } end:
                bench.Harness.Find(NetOf(fault), end);
                break;
            case BenchFaultKind.CutWire or BenchFaultKind.StuckWire:
                bench.Harness.Find(NetOf(fault));
                break;
            case BenchFaultKind.BridgeWires:
                var one = bench.Harness.Find(NetOf(fault));
                if (one == bench.Harness.Find(fault.To ?? throw Invalid("bridge-wires does not say which other wire is touched. Add 'to', a net of the bench.")))
                {
                    throw Invalid($"The wire {fault.Net} cannot be bridged to itself. Name another net under 'to'.");
                }

                break;
            case BenchFaultKind.I2cNack or BenchFaultKind.I2cStretch or BenchFaultKind.I2cArbitrationLost when fault.Bus is { } bus:
                if (bench.Description.I2c.All(b => b.Name != bus))
                {
                    throw new RequestException("I2C_ADAPTER_UNKNOWN",
                        $"The bench has no I2C adapter {bus}; it has {string.Join(", ", bench.Description.I2c.Select(b => b.Name))}. Use one of these names.");
                }

                break;
            case BenchFaultKind.UartNoise or BenchFaultKind.UartOverrun when fault.Net is { } net:
                if (bench.Description.Serial.All(s => !Same(s.Receive, net) && !Same(s.Transmit, net)))
                {
                    throw new RequestException("NET_UNKNOWN",
                        $"{net} is no serial line of the bench; its lines are {string.Join(", ", bench.Description.Serial.SelectMany(s => new[] { s.Receive, s.Transmit }))}. Use one of these.");
                }

                break;
        }
    }

    private static string NetOf(BenchFault fault) => fault.Net
        ?? throw Invalid($"{FaultCatalog.Of(fault.Kind).Word} names no wire. Add 'net', for example SDA.");

    private static string WordOf(FaultStream stream) => FaultCatalog.Streams.First(s => s.Stream == stream).Word;

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static RequestException Invalid(string problem) => new("FAULT_INVALID", problem);
}
