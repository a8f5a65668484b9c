using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware.Serial;

namespace FarmAgent.Boards.Traces.Export;

/// <summary>
/// Draws the levels of RX and TX that the bytes of a serial port stand for, at its baud rate. Bytes come in pieces, so when each of them was on
/// the wire is not known: a piece is drawn from the time on at which it was taken, and never over the one before.
/// </summary>
internal sealed class SerialWaveform
{
    private readonly VcdWriter _vcd;
    private readonly SerialSettings _settings;
    private readonly int _receive;
    private readonly int _send;
    private readonly long[] _free = new long[2];

    public SerialWaveform(VcdWriter vcd, SerialPortDescription port)
    {
        (_vcd, _settings) = (vcd, port.Settings);
        (_receive, _send) = (vcd.AddSignal("serial", $"{port.Name}_RX", initial: true), vcd.AddSignal("serial", $"{port.Name}_TX", initial: true));
    }

    /// <summary>Draws one piece.</summary>
    /// <param name="entry">The piece.</param>
    /// <param name="origin">Start of the dump, in ticks.</param>
    public void Draw(TraceEntry entry, long origin)
    {
        var isIn = entry.Action == TraceAction.SerialIn;
        ref var free = ref _free[isIn ? 0 : 1];
        var at = (double)Math.Max(free, entry.Start.Ticks - origin);
        foreach (var value in (isIn ? entry.Received : entry.Sent).Span)
        {
            at = DrawFrame(isIn ? _receive : _send, value, at);
        }

        free = (long)at;
    }

    private double DrawFrame(int signal, byte value, double at)
    {
        var bit = TimeSpan.TicksPerSecond / (double)_settings.BaudRate;
        _vcd.Add(signal, (long)at, value: false);
        var ones = 0;
        for (var i = 0; i < _settings.DataBits; i++)
        {
            var high = ((value >> i) & 1) != 0;
            ones += high ? 1 : 0;
            at += bit;
            _vcd.Add(signal, (long)at, high);
        }

        if (_settings.Parity != SerialParity.None)
        {
            at += bit;
            _vcd.Add(signal, (long)at, ones % 2 == (_settings.Parity == SerialParity.Even ? 1 : 0));
        }

        at += bit;
        _vcd.Add(signal, (long)at, value: true);
        return at + (bit * _settings.StopBits);
    }
}
