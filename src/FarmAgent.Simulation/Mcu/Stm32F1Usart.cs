using FarmAgent.Hardware.Serial;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Serial;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>A USART in asynchronous mode (RM0008 section 27): frames take their time by BRR in both directions. Other modes are tagged.</summary>
internal sealed partial class Stm32F1Usart : GatedPeripheral
{
    private const uint ParityError = 1 << 0;
    private const uint FramingError = 1 << 1;
    private const uint NoiseError = 1 << 2;
    private const uint Overrun = 1 << 3;
    private const uint Idle = 1 << 4;
    private const uint ReceiveNotEmpty = 1 << 5;
    private const uint TransmitComplete = 1 << 6;
    private const uint TransmitEmpty = 1 << 7;
    private const uint ClearedByData = ParityError | FramingError | NoiseError | Overrun | Idle;

    private const uint ReceiverEnable = 1 << 2;
    private const uint TransmitterEnable = 1 << 3;
    private const uint IdleInterrupt = 1 << 4;
    private const uint ReceiveInterrupt = 1 << 5;
    private const uint CompleteInterrupt = 1 << 6;
    private const uint EmptyInterrupt = 1 << 7;
    private const uint ParityInterrupt = 1 << 8;
    private const uint OddParity = 1 << 9;
    private const uint ParityControl = 1 << 10;
    private const uint NineBits = 1 << 12;
    private const uint Enable = 1 << 13;
    private const uint ErrorInterrupt = 1 << 0;
    private const uint ReceiveDma = 1 << 6;
    private const uint TransmitDma = 1 << 7;

    private readonly IBenchTimeline _timeline;
    private readonly IInterruptLines _interrupts;
    private readonly int _interrupt;
    private readonly Func<int> _clock;
    private readonly Dictionary<GpioPin, SerialWire> _wires;
    private readonly AlternateOutput _tx = new();
    private GpioPin? _rxPin;
    private readonly Register _status;
    private readonly Register _baud;
    private readonly Register _control1;
    private readonly Register _control2;
    private readonly Register _control3;

    /// <summary>Makes a USART without pins.</summary>
    /// <param name="name">USART1 to USART3.</param>
    /// <param name="timeline">Where frames take their time.</param>
    /// <param name="interrupts">Where its interrupt goes.</param>
    /// <param name="interrupt">Number of its interrupt.</param>
    /// <param name="clock">Its clock in Hz.</param>
    /// <param name="wires">What hangs on the pins of the chip; shared with the other USARTs, because a remap changes pins.</param>
    /// <param name="notices">Where to note what is odd or not modelled.</param>
    public Stm32F1Usart(
        string name,
        IBenchTimeline timeline,
        IInterruptLines interrupts,
        int interrupt,
        Func<int> clock,
        Dictionary<GpioPin, SerialWire> wires,
        NoticeBoard notices)
        : base(name, notices)
    {
        _timeline = timeline;
        _interrupts = interrupts;
        _interrupt = interrupt;
        _clock = clock;
        _wires = wires;
        _status = Map.Define("SR", 0x00, TransmitEmpty | TransmitComplete)
            .Field("PE", 0, access: FieldAccess.ReadOnly).Field("FE", 1, access: FieldAccess.ReadOnly).Field("NE", 2, access: FieldAccess.ReadOnly)
            .Field("ORE", 3, access: FieldAccess.ReadOnly).Field("IDLE", 4, access: FieldAccess.ReadOnly)
            .Field("RXNE", 5, access: FieldAccess.WriteZeroToClear).Field("TC", 6, access: FieldAccess.WriteZeroToClear)
            .Field("TXE", 7, access: FieldAccess.ReadOnly).Field("LBD", 8, access: FieldAccess.WriteZeroToClear)
            .Field("CTS", 9, access: FieldAccess.WriteZeroToClear)
            .OnRead(ReadStatus).OnWrite((_, _) => Update());
        Map.Define("DR", 0x04).Field("DR", 0, 9, FieldAccess.ReadOnly).OnRead(_ => ReadData()).OnWrite((_, written) => WriteData((int)(written & 0x1FF)));
        _baud = Map.Define("BRR", 0x08).Field("DIV_Fraction", 0, 4).Field("DIV_Mantissa", 4, 12);
        _control1 = Map.Define("CR1", 0x0C)
            .Tagged("SBK", 0).Tagged("RWU", 1).Field("RE", 2).Field("TE", 3).Field("IDLEIE", 4).Field("RXNEIE", 5).Field("TCIE", 6).Field("TXEIE", 7)
            .Field("PEIE", 8).Field("PS", 9).Field("PCE", 10).Tagged("WAKE", 11).Field("M", 12).Field("UE", 13)
            .OnWrite((_, _) => WriteControl());
        _control2 = Map.Define("CR2", 0x10)
            .Tagged("ADD", 0, 4).Tagged("LBDL", 5).Tagged("LBDIE", 6).Tagged("LBCL", 8).Tagged("CPHA", 9).Tagged("CPOL", 10).Tagged("CLKEN", 11)
            .Field("STOP", 12, 2).Tagged("LINEN", 14);
        _control3 = Map.Define("CR3", 0x14)
            .Field("EIE", 0).Tagged("IREN", 1).Tagged("IRLP", 2).Tagged("HDSEL", 3).Tagged("NACK", 4).Tagged("SCEN", 5).Field("DMAR", 6)
            .Field("DMAT", 7).Tagged("RTSE", 8).Tagged("CTSE", 9).Tagged("CTSIE", 10)
            .OnWrite((_, _) => Update());
        Map.Define("GTPR", 0x18).Tagged("PSC", 0, 8).Tagged("GT", 8, 8);
    }

    /// <summary>Asks for the next character to send.</summary>
    public DmaRequest TransmitRequest { get; } = new();

    /// <summary>Asks for a received character to be taken.</summary>
    public DmaRequest ReceiveRequest { get; } = new();

    /// <summary>Gives it the pins that AFIO has chosen; null for a pin that the package lacks.</summary>
    public void Route(GpioPin? tx, GpioPin? rx)
    {
        _tx.Route(tx);
        _rxPin = rx;
    }

    /// <summary>True while its receiver listens to that pin.</summary>
    public bool Hears(GpioPin pin) => pin == _rxPin;

    private bool IsTransmitting => IsClocked && _control1.Has(Enable) && _control1.Has(TransmitterEnable);

    private bool IsReceiving => IsClocked && _control1.Has(Enable) && _control1.Has(ReceiverEnable) && _rxPin?.IsInput == true;

    /// <inheritdoc/>
    public override void Reset(bool powerOn)
    {
        base.Reset(powerOn);
        ForgetFrames();
        Update();
    }

    private void WriteControl()
    {
        // Without UE or TE the pin is no longer driven, and a frame under way is broken off.
        if (!IsTransmitting)
        {
            BreakTransmission();
        }

        Update();
    }

    /// <summary>The frame format as CR1, CR2 and BRR set it; null while BRR is 0.</summary>
    private SerialSettings? Format()
    {
        if (_baud.Value == 0)
        {
            Notices.Add(Name, "BRR is 0: there is no baud rate, nothing is sent or received");
            return null;
        }

        var hasParity = _control1.Has(ParityControl);
        var bits = (_control1.Has(NineBits) ? 9 : 8) - (hasParity ? 1 : 0);
        var parity = !hasParity ? SerialParity.None : _control1.Has(OddParity) ? SerialParity.Odd : SerialParity.Even;
        var stopBits = (_control2.Value >> 12) is 2 or 3 ? 2 : 1;
        return new SerialSettings(Math.Max(1, (int)(_clock() / _baud.Value)), bits, parity, stopBits);
    }

    private void Update()
    {
        _tx.Level = IsTransmitting ? true : null;
        var asks = (_control1.Has(EmptyInterrupt) && _status.Has(TransmitEmpty))
            || (_control1.Has(CompleteInterrupt) && _status.Has(TransmitComplete))
            || (_control1.Has(ReceiveInterrupt) && _status.Has(ReceiveNotEmpty | Overrun))
            || (_control1.Has(IdleInterrupt) && _status.Has(Idle))
            || (_control1.Has(ParityInterrupt) && _status.Has(ParityError))
            || (_control3.Has(ErrorInterrupt) && _control3.Has(ReceiveDma) && _status.Has(FramingError | NoiseError | Overrun));
        _interrupts.SetLevel(_interrupt, asks);
        TransmitRequest.IsActive = IsTransmitting && _control3.Has(TransmitDma) && _status.Has(TransmitEmpty);
        ReceiveRequest.IsActive = _control3.Has(ReceiveDma) && _status.Has(ReceiveNotEmpty);
    }
}
