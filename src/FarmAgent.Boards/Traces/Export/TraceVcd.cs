using System.Globalization;
using FarmAgent.Boards.Inventory;

namespace FarmAgent.Boards.Traces.Export;

/// <summary>
/// A trace as a value change dump, for PulseView, GTKWave and the like: host lines as wires, each I2C adapter as SCL and SDA (drawn from its
/// transfers) with address, outcome and a busy wire, the probe as command, address and a busy wire, serial ports as byte and strobe.
/// </summary>
public static class TraceVcd
{
    private const int AddressMask = 0x7F;
    private const int CommandLength = 16;
    private const long Strobe = 10;

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
        var ports = board.SerialPorts.ToDictionary(p => p.Name, p => new Port(vcd, p.Name), StringComparer.Ordinal);
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
                    port.Add(vcd, entry, origin);
                    break;
            }
        }

        vcd.Write(output, string.Create(
            CultureInfo.InvariantCulture,
            $"board {board.Name}, {entries.Count} entries, time 0 is {origin / (double)TimeSpan.TicksPerSecond:0.000000} s of the bench's clock; SCL and SDA are drawn from recorded transfers"));
    }

    private static (int Level, int Driven) Line(VcdWriter vcd, GpioLineDescription line) =>
        (vcd.AddSignal("gpio", line.Name, 1, null), vcd.AddSignal("gpio", $"{line.Name}_driven", 1, null));

    private static void AddLine(VcdWriter vcd, (int Level, int Driven) line, TraceEntry entry, long origin)
    {
        if (entry.Outcome.Length > 0)
        {
            return;
        }

        var at = entry.End.Ticks - origin;
        if (entry.Action != TraceAction.GpioInput)
        {
            vcd.Add(line.Level, at, (ulong)entry.Detail);
        }

        if (entry.Action is TraceAction.GpioInput or TraceAction.GpioOutput or TraceAction.GpioWrite)
        {
            vcd.Add(line.Driven, at, entry.Action == TraceAction.GpioInput ? 0UL : 1);
        }
    }

    private sealed class Bus(VcdWriter vcd, string name)
    {
        private readonly I2cWaveform _waveform = new(vcd, vcd.AddSignal("i2c", $"{name}_SCL", 1, 1), vcd.AddSignal("i2c", $"{name}_SDA", 1, 1));
        private readonly int _busy = vcd.AddSignal("i2c", $"{name}_busy", 1, 0);
        private readonly int _failed = vcd.AddSignal("i2c", $"{name}_failed", 1, 0);
        private readonly int _address = vcd.AddSignal("i2c", $"{name}_address", 7, null);

        public void Add(VcdWriter vcd, TraceEntry entry, long origin)
        {
            var (from, to) = (entry.Start.Ticks - origin, entry.End.Ticks - origin);
            _waveform.Draw(entry, origin);
            vcd.Add(_address, from, (ulong)(entry.Detail & AddressMask));
            vcd.Add(_failed, from, 0);
            vcd.Add(_busy, from, 1);
            vcd.Add(_busy, to, 0);
            vcd.Add(_failed, to, entry.Outcome.Length == 0 ? 0UL : 1);
        }
    }

    private sealed class Probe(VcdWriter vcd)
    {
        private readonly int _busy = vcd.AddSignal("probe", "usb_busy", 1, 0);
        private readonly int _failed = vcd.AddSignal("probe", "usb_failed", 1, 0);
        private readonly int _out = vcd.AddSignal("probe", "usb_out", 1, 0);
        private readonly int _command = vcd.AddSignal("probe", "command", 16, null);
        private readonly int _address = vcd.AddSignal("probe", "address", 32, null);

        public void Add(VcdWriter vcd, TraceEntry entry, long origin)
        {
            var (from, to) = (entry.Start.Ticks - origin, entry.End.Ticks - origin);
            vcd.Add(_busy, from, 1);
            vcd.Add(_busy, to, 0);
            vcd.Add(_out, from, entry.Action == TraceAction.UsbOut ? 1UL : 0);
            vcd.Add(_failed, to, entry.Outcome.Length == 0 ? 0UL : 1);
            if (entry is { Action: TraceAction.UsbOut, SentLength: CommandLength })
            {
                var bytes = entry.Sent.Span;
                vcd.Add(_command, from, (ulong)((bytes[0] << 8) | bytes[1]));
                if (HasAddress(bytes))
                {
                    vcd.Add(_address, from, System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[2..]));
                }
            }
        }

        private static bool HasAddress(ReadOnlySpan<byte> command) => command[0] == 0xF2 && command[1] is 0x07 or 0x08 or 0x0C or 0x0D or 0x35 or 0x36 or 0x47 or 0x48;
    }

    private sealed class Port(VcdWriter vcd, string name)
    {
        private readonly int _received = vcd.AddSignal("serial", $"{name}_rx", 8, null);
        private readonly int _receivedStrobe = vcd.AddSignal("serial", $"{name}_rx_strobe", 1, 0);
        private readonly int _sent = vcd.AddSignal("serial", $"{name}_tx", 8, null);
        private readonly int _sentStrobe = vcd.AddSignal("serial", $"{name}_tx_strobe", 1, 0);

        public void Add(VcdWriter vcd, TraceEntry entry, long origin)
        {
            var isIn = entry.Action == TraceAction.SerialIn;
            var (data, strobe, bytes) = isIn ? (_received, _receivedStrobe, entry.Received) : (_sent, _sentStrobe, entry.Sent);
            for (var i = 0; i < bytes.Length; i++)
            {
                // When each came is not known: one after the other, from the time at which they were taken on.
                var at = entry.Start.Ticks - origin + (i * 2 * Strobe);
                vcd.Add(data, at, bytes.Span[i]);
                vcd.Add(strobe, at, 1);
                vcd.Add(strobe, at + Strobe, 0);
            }
        }
    }
}
