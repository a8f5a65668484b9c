using FarmAgent.Simulation.I2c;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// Master mode (RM0008 section 26.3.3): START, address, bytes in both directions, STOP, each in its time by CCR. The bus is taken when it is
/// free, so that arbitration is never lost. POS is tagged.
/// </summary>
internal sealed partial class Stm32F1I2c
{
    private const uint StartBit = 1 << 8;
    private const uint StopBit = 1 << 9;
    private const int BitsPerByte = 9;

    private readonly List<I2cAttachment> _selected = [];
    private IDisposable? _masterStep;
    private II2cSegment? _taken;
    private bool _startSeen;
    private bool _reads;
    private bool _mayTransfer;

    /// <summary>The bus at the pins that the interface has now; null where none is wired.</summary>
    public Func<II2cSegment?>? SegmentAtPins { get; set; }

    private bool IsMaster => _state.Has((uint)I2cState.Master);

    private long BitTime
    {
        get
        {
            var ccr = Math.Max(1, _clockControl.Value & 0xFFF);
            var periods = !_clockControl.Has(1 << 15) ? 2 * ccr : _clockControl.Has(1 << 14) ? 25 * ccr : 3 * ccr;
            return periods * (BenchTime.Second / _clock());
        }
    }

    /// <summary>The targets on the bus but for the interface itself.</summary>
    private IEnumerable<II2cTarget> Others(IEnumerable<I2cAttachment> attachments) =>
        attachments.Where(a => a.IsReachable && a.Scl != _scl.Pin?.Endpoint).Select(a => a.Target);

    /// <summary>START and STOP act at once between bytes, and at the end of a byte otherwise.</summary>
    private void FollowMasterBits()
    {
        if (_masterStep is not null || !_control1.Has(PeripheralEnable))
        {
            return;
        }

        if (_control1.Has(StopBit) && IsMaster)
        {
            _masterStep = After(1, GenerateStop);
        }
        else if (_control1.Has(StartBit) && !_addressed && HasPins())
        {
            _masterStep = After(1, GenerateStart);
        }
    }

    private void GenerateStart()
    {
        _masterStep = null;
        var segment = SegmentAtPins?.Invoke();
        if (_taken is null && segment?.IsFree == false)
        {
            _masterStep = After(BitsPerByte, GenerateStart);
            return;
        }

        if (_taken is null)
        {
            segment?.Take();
            _taken = segment;
        }

        foreach (var target in Others(_taken?.Targets ?? []))
        {
            target.Start();
        }

        _control1.Value &= ~StartBit;
        _state.Value = (uint)(I2cState.Master | I2cState.Busy);
        _selected.Clear();
        _shiftFull = false;
        _mayTransfer = false;
        Assign(I2cEvents.TransmitEmpty | I2cEvents.ByteTransferFinished, false);
        Assign(I2cEvents.StartSent, true);
        Update();
    }

    private void SendAddress(byte value)
    {
        Assign(I2cEvents.StartSent, false);
        _reads = (value & 1) != 0;
        _masterStep = After(BitsPerByte, () =>
        {
            _masterStep = null;
            _selected.AddRange((_taken?.Targets ?? []).Where(a => Others([a]).Any(t => t.Address((byte)(value >> 1), _reads))));
            _state.Assign((uint)I2cState.Transmitter, !_reads);
            Assign(_selected.Count > 0 ? I2cEvents.AddressMatched : I2cEvents.AcknowledgeFailure, true);
            Update();
            FollowMasterBits();
        });
        Update();
    }

    /// <summary>ADDR was cleared: the transfer begins.</summary>
    private void BeginMasterTransfer()
    {
        _mayTransfer = true;
        if (_reads)
        {
            ReceiveNext();
        }
        else
        {
            Assign(I2cEvents.TransmitEmpty, true);
        }
    }

    private void SendNext()
    {
        if (_masterStep is not null || !_mayTransfer || Events.HasFlag(I2cEvents.TransmitEmpty))
        {
            return;
        }

        var value = _dataRegister;
        Assign(I2cEvents.TransmitEmpty, true);
        _masterStep = After(BitsPerByte, () =>
        {
            _masterStep = null;
            var acknowledged = false;
            foreach (var target in Others(_selected))
            {
                acknowledged |= target.WriteByte(value);
            }

            if (!acknowledged)
            {
                Assign(I2cEvents.AcknowledgeFailure, true);
                _mayTransfer = false;
            }
            else if (Events.HasFlag(I2cEvents.TransmitEmpty))
            {
                Assign(I2cEvents.ByteTransferFinished, true);
            }

            FollowMasterBits();
            SendNext();
            Update();
        });
    }

    private void ReceiveNext()
    {
        if (_masterStep is not null || !_mayTransfer || _shiftFull)
        {
            return;
        }

        var value = 0xFF;
        foreach (var target in Others(_selected))
        {
            value &= target.BeginRead();
        }

        _masterStep = After(BitsPerByte, () =>
        {
            _masterStep = null;
            _mayTransfer = _control1.Has(AcknowledgeEnable);
            foreach (var target in Others(_selected))
            {
                target.EndRead(_mayTransfer);
            }

            TakeReceived((byte)value);
            FollowMasterBits();
            ReceiveNext();
            Update();
        });
    }

    private void TakeReceived(byte value)
    {
        if (Events.HasFlag(I2cEvents.ReceiveNotEmpty))
        {
            _shiftRegister = value;
            _shiftFull = true;
            Assign(I2cEvents.ByteTransferFinished, true);
        }
        else
        {
            _dataRegister = value;
            Assign(I2cEvents.ReceiveNotEmpty, true);
        }
    }

    private void GenerateStop()
    {
        _masterStep = null;
        foreach (var target in Others(_taken?.Targets ?? []))
        {
            target.Stop();
        }

        _control1.Value &= ~StopBit;
        LeaveMaster();
        Assign(I2cEvents.TransmitEmpty | I2cEvents.ByteTransferFinished, false);
        _state.Value = 0;
        Update();
        FollowMasterBits();
    }

    private void LeaveMaster()
    {
        _masterStep?.Dispose();
        _masterStep = null;
        _taken?.Release();
        _taken = null;
        _selected.Clear();
        _mayTransfer = false;
        _startSeen = false;
    }

    private IDisposable After(int bits, Action action) => _timeline.Schedule(_timeline.Now + (bits * BitTime), action);
}
