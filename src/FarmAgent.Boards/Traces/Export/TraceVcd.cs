using System.Globalization;
using FarmAgent.Boards.Inventory;

namespace FarmAgent.Boards.Traces.Export;

/// <summary>
/// A trace as a value change dump, for PulseView, GTKWave and the like: host lines as wires, each I2C adapter as SCL and SDA (drawn from its
/// transfers) with wires for busy and failed, serial ports as RX and TX (drawn from their bytes), the probe by what it does.
/// </summary>
public static class TraceVcd
{
    private const int CommandLength = 16;

    /// <summary>Writes it.</summary>
    /// <param name="board">The board.</param>
    /// <param name="entries">The entries, oldest first.</param>
    /// <param name="output">Where to.</param>
    public static void Write(BoardDescription board, IReadOnlyList<TraceEntry> entries, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(output);
        var vcd = new VcdWriter();
        var origin = entries.Count == 0 ? 0 : entries.Min(e => e.Start).Ticks;
        var lines = board.GpioLines.ToDictionary(l => l.Name, l => Line(vcd, l), StringComparer.Ordinal);
        var buses = board.I2cAdapters.ToDictionary(a => a.Name, a => new Bus(vcd, a.Name), StringComparer.Ordinal);
        var ports = board.SerialPorts.ToDictionary(p => p.Name, p => new SerialWaveform(vcd, p), StringComparer.Ordinal);
        var probe = new Probe(vcd);
        foreach (var entry in entries)
        {
            switch (entry.Channel)
            {
                case TraceChannel.Gpio when lines.TryGetValue(entry.Source, out var line):
                    AddLine(vcd, line, entry, origin);
                    break;
                case TraceChannel.I2c when buses.TryGetValue(entry.Source, out var bus):
                    bus.Add(vcd, entry, origin);
                    break;
                case TraceChannel.Probe:
                    probe.Add(vcd, entry, origin);
                    break;
                case TraceChannel.Serial when ports.TryGetValue(entry.Source, out var port):
                    port.Draw(entry, origin);
                    break;
            }
        }

        vcd.Write(output, string.Create(
            CultureInfo.InvariantCulture,
            $"board {board.Name}, {entries.Count} entries, time 0 is {origin / (double)TimeSpan.TicksPerSecond:0.000000} s of the bench's clock; SCL, SDA, RX and TX are drawn from recorded bytes"));
    }

    private static (int Level, int Driven) Line(VcdWriter vcd, GpioLineDescription line) =>
        (vcd.AddSignal("gpio", line.Name, null), vcd.AddSignal("gpio", $"{line.Name}_driven", null));

    private static void AddLine(VcdWriter vcd, (int Level, int Driven) line, TraceEntry entry, long origin)
    {
        if (entry.Outcome.Length > 0)
        {
            return;
        }

        var at = entry.End.Ticks - origin;
        if (entry.Action != TraceAction.GpioInput)
        {
            vcd.Add(line.Level, at, entry.Detail != 0);
        }

        if (entry.Action is TraceAction.GpioInput or TraceAction.GpioOutput or TraceAction.GpioWrite)
        {
            vcd.Add(line.Driven, at, entry.Action != TraceAction.GpioInput);
        }
    }

    private sealed class Bus(VcdWriter vcd, string name)
    {
        private readonly I2cWaveform _waveform = new(vcd, vcd.AddSignal("i2c", $"{name}_SCL", true), vcd.AddSignal("i2c", $"{name}_SDA", true));
        private readonly int _busy = vcd.AddSignal("i2c", $"{name}_busy", false);
        private readonly int _failed = vcd.AddSignal("i2c", $"{name}_failed", false);

        public void Add(VcdWriter vcd, TraceEntry entry, long origin)
        {
            var (from, to) = (entry.Start.Ticks - origin, entry.End.Ticks - origin);
            _waveform.Draw(entry, origin);
            vcd.Add(_failed, from, false);
            vcd.Add(_busy, from, true);
            vcd.Add(_busy, to, false);
            vcd.Add(_failed, to, entry.Outcome.Length > 0);
        }
    }

    private sealed class Probe(VcdWriter vcd)
    {
        private readonly int _busy = vcd.AddSignal("probe", "usb_busy", false);
        private readonly int _failed = vcd.AddSignal("probe", "usb_failed", false);
        private readonly int _out = vcd.AddSignal("probe", "usb_out", false);
        private readonly int _read = vcd.AddSignal("probe", "memory_read", false);
        private readonly int _write = vcd.AddSignal("probe", "memory_write", false);
        private readonly int _reset = vcd.AddSignal("probe", "nrst_low", false);

        public void Add(VcdWriter vcd, TraceEntry entry, long origin)
        {
            var (from, to) = (entry.Start.Ticks - origin, entry.End.Ticks - origin);
            vcd.Add(_busy, from, true);
            vcd.Add(_busy, to, false);
            vcd.Add(_out, from, entry.Action == TraceAction.UsbOut);
            vcd.Add(_failed, to, entry.Outcome.Length > 0);
            if (entry is { Action: TraceAction.UsbOut, SentLength: CommandLength } && entry.Sent.Span[0] == 0xF2)
            {
                AddCommand(vcd, entry.Sent.Span[1], entry.Sent.Span[2], from);
            }
        }

        private void AddCommand(VcdWriter vcd, byte command, byte argument, long at)
        {
            // These stay until the next command: its data and reply belong to it.
            vcd.Add(_read, at, command is 0x07 or 0x0C or 0x36 or 0x47);
            vcd.Add(_write, at, command is 0x08 or 0x0D or 0x35 or 0x48);
            if (command == 0x3C)
            {
                vcd.Add(_reset, at, argument == 0);
            }
        }
    }
}
