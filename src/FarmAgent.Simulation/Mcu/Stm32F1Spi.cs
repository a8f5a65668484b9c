using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// SPI1 or SPI2 as a master whose other side is absent (RM0008 section 25): frames take their time and bring back what MISO's net holds. Slave
/// mode, CRC and I2S are tagged.
/// </summary>
internal sealed class Stm32F1Spi : GatedPeripheral
{
    private const uint Master = 1 << 2;
    private const uint Enable = 1 << 6;
    private const uint Wide = 1 << 11;
    private const uint ReceiveNotEmpty = 1 << 0;
    private const uint TransmitEmpty = 1 << 1;
    private const uint Overrun = 1 << 6;
    private const uint Busy = 1 << 7;
    private const uint ReceiveDma = 1 << 0;
    private const uint TransmitDma = 1 << 1;

    private readonly IBenchTimeline _timeline;
    private readonly IInterruptLines _interrupts;
    private readonly int _interrupt;
    private readonly Func<int> _clock;
    private readonly Func<bool> _input;
    private readonly Register _control1;
    private readonly Register _control2;
    private readonly Register _status;
    private readonly Register _data;
    private IDisposable? _frame;
    private bool _waiting;
    private bool _dataRead;

    /// <summary>Makes an interface that is off.</summary>
    /// <param name="name">SPI1 or SPI2.</param>
    /// <param name="timeline">Where frames take their time.</param>
    /// <param name="interrupts">Where its interrupt goes.</param>
    /// <param name="interrupt">Number of its interrupt.</param>
    /// <param name="clock">Its clock in Hz.</param>
    /// <param name="input">Level at MISO.</param>
    /// <param name="notices">Where to note what is not modelled.</param>
    public Stm32F1Spi(string name, IBenchTimeline timeline, IInterruptLines interrupts, int interrupt, Func<int> clock, Func<bool> input, NoticeBoard notices)
        : base(name, notices)
    {
        _timeline = timeline;
        _interrupts = interrupts;
        _interrupt = interrupt;
        _clock = clock;
        _input = input;
        _control1 = Map.Define("CR1", 0x00)
            .Field("CPHA", 0).Field("CPOL", 1).Field("MSTR", 2).Field("BR", 3, 3).Field("SPE", 6).Field("LSBFIRST", 7).Field("SSI", 8).Field("SSM", 9).Tagged("RXONLY", 10)
            .Field("DFF", 11).Tagged("CRCNEXT", 12).Tagged("CRCEN", 13).Tagged("BIDIOE", 14).Tagged("BIDIMODE", 15).OnWrite((_, _) => WriteControl());
        _control2 = Map.Define("CR2", 0x04).Field("RXDMAEN", 0).Field("TXDMAEN", 1).Field("SSOE", 2).Field("ERRIE", 5).Field("RXNEIE", 6).Field("TXEIE", 7)
            .OnWrite((_, _) => Update());
        _status = Map.Define("SR", 0x08, TransmitEmpty)
            .Field("RXNE", 0, access: FieldAccess.ReadOnly).Field("TXE", 1, access: FieldAccess.ReadOnly).Field("CHSIDE", 2, access: FieldAccess.ReadOnly)
            .Field("UDR", 3, access: FieldAccess.ReadOnly).Field("CRCERR", 4, access: FieldAccess.WriteZeroToClear).Field("MODF", 5, access: FieldAccess.ReadOnly)
            .Field("OVR", 6, access: FieldAccess.ReadOnly).Field("BSY", 7, access: FieldAccess.ReadOnly).OnRead(ReadStatus);
        _data = Map.Define("DR", 0x0C).Field("DR", 0, 16, FieldAccess.ReadOnly).OnRead(ReadData).OnWrite((_, _) => WriteData());
        Map.Define("CRCPR", 0x10, 7).Tagged("CRCPOLY", 0, 16);
        Map.Define("RXCRCR", 0x14).Field("RxCRC", 0, 16, FieldAccess.ReadOnly);
        Map.Define("TXCRCR", 0x18).Field("TxCRC", 0, 16, FieldAccess.ReadOnly);
        Map.Define("I2SCFGR", 0x1C).Tagged("I2SCFGR", 0, 12);
        Map.Define("I2SPR", 0x20, 2).Tagged("I2SPR", 0, 10);
    }

    /// <summary>Asks for the next frame to send.</summary>
    public DmaRequest TransmitRequest { get; } = new();

    /// <summary>Asks for a received frame to be taken.</summary>
    public DmaRequest ReceiveRequest { get; } = new();

    /// <inheritdoc/>
    public override void Reset(bool powerOn)
    {
        base.Reset(powerOn);
        Stop();
        Update();
    }

    private void WriteControl()
    {
        if (!_control1.Has(Enable))
        {
            Stop();
        }
        else if (!_control1.Has(Master))
        {
            Notices.Add(Name, "is enabled as a slave, which is not modelled: no master is wired to it");
        }

        Update();
    }

    private void WriteData()
    {
        if (!_control1.Has(Enable) || !_control1.Has(Master))
        {
            return;
        }

        if (_frame is null)
        {
            StartFrame();
        }
        else
        {
            _waiting = true;
            _status.Assign(TransmitEmpty, false);
        }

        Update();
    }

    private void StartFrame()
    {
        var bits = _control1.Has(Wide) ? 16 : 8;
        var divider = 2L << (int)((_control1.Value >> 3) & 7);
        _status.Value |= Busy | TransmitEmpty;
        _frame = _timeline.Schedule(_timeline.Now + (bits * divider * (BenchTime.Second / _clock())), () => EndFrame(bits));
    }

    private void EndFrame(int bits)
    {
        _frame = null;
        if (_status.Has(ReceiveNotEmpty))
        {
            _status.Value |= Overrun;
        }
        else
        {
            _data.Value = _input() ? (1u << bits) - 1 : 0;
            _status.Value |= ReceiveNotEmpty;
        }

        if (_waiting)
        {
            _waiting = false;
            StartFrame();
        }
        else
        {
            _status.Value &= ~Busy;
        }

        Update();
    }

    private uint ReadData(uint value)
    {
        _dataRead = true;
        _status.Value &= ~ReceiveNotEmpty;
        Update();
        return value;
    }

    private uint ReadStatus(uint value)
    {
        // OVR falls by a read of DR followed by a read of SR.
        if (_dataRead)
        {
            _dataRead = false;
            _status.Value &= ~Overrun;
            Update();
        }

        return value;
    }

    private void Stop()
    {
        _frame?.Dispose();
        _frame = null;
        _waiting = false;
        _status.Value = (_status.Value & ~Busy) | TransmitEmpty;
    }

    private void Update()
    {
        var enables = _control2.Value;
        _interrupts.SetLevel(_interrupt, ((enables & 0x80) != 0 && _status.Has(TransmitEmpty)) || ((enables & 0x40) != 0 && _status.Has(ReceiveNotEmpty))
            || ((enables & 0x20) != 0 && _status.Has(Overrun)));
        TransmitRequest.IsActive = (enables & TransmitDma) != 0 && _control1.Has(Enable) && _status.Has(TransmitEmpty);
        ReceiveRequest.IsActive = (enables & ReceiveDma) != 0 && _status.Has(ReceiveNotEmpty);
    }
}
