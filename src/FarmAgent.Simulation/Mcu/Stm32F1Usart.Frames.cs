using FarmAgent.Simulation.Serial;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Data register, shift registers and the frames on the wires.</summary>
internal sealed partial class Stm32F1Usart
{
    private uint _statusSeen;
    private int _transmitData;
    private int _receiveData;
    private IDisposable? _transmission;
    private IDisposable? _idleWatch;

    /// <summary>A frame on RX has ended.</summary>
    public void Receive(SerialFrame frame)
    {
        if (!IsReceiving || Format() is not { } format)
        {
            return;
        }

        if (_status.Has(ReceiveNotEmpty) || frame.IsMissed)
        {
            // The byte in DR stays, the new one is lost; with RXNE = 0 if DR was read in the same moment (RM0008 section 27.3.3).
            _status.Value |= Overrun;
        }
        else
        {
            var reception = frame.Decode(format);
            _receiveData = reception.Value;
            _status.Value |= ReceiveNotEmpty | (reception.FramingError ? FramingError : 0) | (frame.IsNoisy ? NoiseError : 0) | (reception.ParityError ? ParityError : 0);
        }

        WatchForIdle(SerialFrame.Encode(0, format).Duration);
        Update();
    }

    private uint ReadStatus(uint value)
    {
        _statusSeen = value;
        return value;
    }

    private uint ReadData()
    {
        // Errors and IDLE fall by a read of SR followed by a read of DR.
        _status.Value &= ~(ReceiveNotEmpty | (_statusSeen & ClearedByData));
        _statusSeen = 0;
        Update();
        return (uint)_receiveData;
    }

    private void WriteData(int value)
    {
        if (!IsTransmitting)
        {
            return;
        }

        if ((_statusSeen & TransmitComplete) != 0)
        {
            _statusSeen &= ~TransmitComplete;
            _status.Value &= ~TransmitComplete;
        }

        _transmitData = value;
        _status.Value &= ~TransmitEmpty;
        if (_transmission is null)
        {
            StartFrame();
        }

        Update();
    }

    private void StartFrame()
    {
        if (Format() is not { } format)
        {
            return;
        }

        var frame = SerialFrame.Encode(_transmitData, format);
        _status.Value |= TransmitEmpty;
        _transmission = _timeline.Schedule(_timeline.Now + frame.Duration, () => EndFrame(frame));
    }

    private void EndFrame(SerialFrame frame)
    {
        _transmission = null;
        if (_tx.Pin is { } pin && (pin.IsAlternatePushPull || pin.IsAlternateOpenDrain))
        {
            _wires.GetValueOrDefault(pin)?.Deliver(frame);
        }
        else
        {
            Notices.Add(Name, $"sends, but its TX pin ({_tx.Pin?.Endpoint.Name ?? "none on this package"}) is no alternate function output: nothing reaches the wire");
        }

        if (_status.Has(TransmitEmpty))
        {
            _status.Value |= TransmitComplete;
        }
        else
        {
            StartFrame();
        }

        Update();
    }

    private void WatchForIdle(long frameTime)
    {
        _idleWatch?.Dispose();

        // Frames are only seen at their end: one that began within the idle time would have ended within twice of it.
        _idleWatch = _timeline.Schedule(_timeline.Now + (2 * frameTime), () =>
        {
            _idleWatch = null;
            _status.Value |= Idle;
            Update();
        });
    }

    private void BreakTransmission()
    {
        _transmission?.Dispose();
        _transmission = null;
        _status.Value |= TransmitEmpty | TransmitComplete;
    }

    private void ForgetFrames()
    {
        BreakTransmission();
        _idleWatch?.Dispose();
        _idleWatch = null;
        _statusSeen = 0;
        _receiveData = 0;
    }
}
