namespace FarmAgent.Boards.Traces.Export;

/// <summary>
/// Draws the levels of SCL and SDA that a recorded transfer stands for, spread evenly over the time it took: bytes, acknowledges and
/// conditions are what was recorded, the place of each bit is not. Decoders of a logic analyser read it like a captured bus.
/// </summary>
/// <param name="vcd">Where to.</param>
/// <param name="scl">Signal.</param>
/// <param name="sda">Signal.</param>
internal sealed class I2cWaveform(VcdWriter vcd, int scl, int sda)
{
    private const int AddressMask = 0x7F;
    private const int Phases = 4;

    private readonly List<(bool Scl, bool Sda)> _steps = [];

    /// <summary>Draws one transfer.</summary>
    /// <param name="entry">The transfer.</param>
    /// <param name="origin">Start of the dump, in ticks.</param>
    public void Draw(TraceEntry entry, long origin)
    {
        if (entry.Outcome is "BUS_STUCK" or "ADAPTER_FAULT" or "FAULT")
        {
            return;
        }

        _steps.Clear();
        var address = entry.Detail & AddressMask;
        var wanted = entry.Detail >> 8;
        var addressed = entry.Outcome != "NACK";
        if (entry.SentLength > 0 || wanted == 0)
        {
            Start();
            Byte(address << 1, addressed);
            Written(entry, addressed);
        }

        if (wanted > 0 && addressed && entry.Outcome != "DATA_NACK")
        {
            Start();
            Byte((address << 1) | 1, entry.ReceivedLength > 0);
            var read = entry.Received.Span;
            for (var i = 0; i < read.Length; i++)
            {
                Byte(read[i], acknowledged: i < entry.ReceivedLength - 1);
            }
        }
        else if (wanted > 0 && entry.SentLength == 0)
        {
            Start();
            Byte((address << 1) | 1, acknowledged: false);
        }

        Stop();
        Emit(entry, origin);
    }

    private void Written(TraceEntry entry, bool addressed)
    {
        if (!addressed)
        {
            return;
        }

        var sent = entry.Sent.Span;
        for (var i = 0; i < sent.Length; i++)
        {
            var refused = entry.Outcome == "DATA_NACK" && i == sent.Length - 1;
            Byte(sent[i], !refused);
        }
    }

    private void Start()
    {
        Step(true, true);
        Step(true, true);
        Step(true, false);
        Step(false, false);
    }

    private void Stop()
    {
        Step(false, false);
        Step(true, false);
        Step(true, true);
        Step(true, true);
    }

    private void Byte(int value, bool acknowledged)
    {
        for (var bit = 7; bit >= 0; bit--)
        {
            Bit(((value >> bit) & 1) != 0);
        }

        Bit(!acknowledged);
    }

    private void Bit(bool high)
    {
        Step(false, high);
        Step(true, high);
        Step(true, high);
        Step(false, high);
    }

    private void Step(bool clock, bool data) => _steps.Add((clock, data));

    private void Emit(TraceEntry entry, long origin)
    {
        // At least a tick for each step, however short the transfer was measured.
        var length = Math.Max(entry.Duration.Ticks, _steps.Count + Phases);
        var from = entry.Start.Ticks - origin;
        for (var i = 0; i < _steps.Count; i++)
        {
            var at = from + (length * i / _steps.Count);
            vcd.Add(sda, at, _steps[i].Sda);
            vcd.Add(scl, at, _steps[i].Scl);
        }
    }
}
