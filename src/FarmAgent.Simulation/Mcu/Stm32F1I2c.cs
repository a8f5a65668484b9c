using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// I2C1 or I2C2, as a slave event by event (RM0008 section 26.3.2). Flags appear and fall exactly as there, because drivers compare whole values of
/// SR1 and SR2. SMBus and PEC are known but not modelled.
/// </summary>
internal sealed partial class Stm32F1I2c : GatedPeripheral
{
    private const uint PeripheralEnable = 1 << 0;
    private const uint GeneralCallEnable = 1 << 6;
    private const uint NoStretch = 1 << 7;
    private const uint AcknowledgeEnable = 1 << 10;
    private const uint SoftwareReset = 1 << 15;
    private const uint ErrorInterruptEnable = 1 << 8;
    private const uint EventInterruptEnable = 1 << 9;
    private const uint BufferInterruptEnable = 1 << 10;
    private const uint DmaEnable = 1 << 11;
    private const I2cEvents Errors = I2cEvents.AcknowledgeFailure | I2cEvents.Overrun;
    private const I2cEvents Buffers = I2cEvents.ReceiveNotEmpty | I2cEvents.TransmitEmpty;
    private const I2cEvents PlainEvents = I2cEvents.StartSent | I2cEvents.AddressMatched | I2cEvents.StopDetected | I2cEvents.ByteTransferFinished;

    private readonly IInterruptLines _interrupts;
    private readonly IBenchTimeline _timeline;
    private readonly Func<int> _clock;
    private readonly int _eventInterrupt;
    private readonly AlternateOutput _scl = new();
    private readonly AlternateOutput _sda = new();
    private readonly Register _control1;
    private readonly Register _control2;
    private readonly Register _ownAddress1;
    private readonly Register _ownAddress2;
    private readonly Register _data;
    private readonly Register _events;
    private readonly Register _state;
    private readonly Register _clockControl;

    /// <summary>Makes an interface without pins.</summary>
    /// <param name="name">I2C1 or I2C2.</param>
    /// <param name="timeline">Where bits take their time as a master.</param>
    /// <param name="clock">Its clock in Hz.</param>
    /// <param name="interrupts">Where its interrupts go.</param>
    /// <param name="eventInterrupt">Number of its event interrupt; that of errors follows.</param>
    /// <param name="notices">Where to note what is odd or not modelled.</param>
    public Stm32F1I2c(string name, IBenchTimeline timeline, Func<int> clock, IInterruptLines interrupts, int eventInterrupt, NoticeBoard notices)
        : base(name, notices)
    {
        _timeline = timeline;
        _clock = clock;
        _interrupts = interrupts;
        _eventInterrupt = eventInterrupt;
        _control1 = Map.Define("CR1", 0x00)
            .Field("PE", 0).Tagged("SMBUS", 1).Tagged("SMBTYPE", 3).Tagged("ENARP", 4).Tagged("ENPEC", 5).Field("ENGC", 6).Field("NOSTRETCH", 7)
            .Field("START", 8).Field("STOP", 9).Field("ACK", 10).Tagged("POS", 11).Tagged("PEC", 12).Tagged("ALERT", 13).Field("SWRST", 15)
            .OnWrite((_, _) => WriteControl());
        _control2 = Map.Define("CR2", 0x04)
            .Field("FREQ", 0, 6).Field("ITERREN", 8).Field("ITEVTEN", 9).Field("ITBUFEN", 10).Field("DMAEN", 11).Tagged("LAST", 12)
            .OnWrite((_, _) => Update());

        // Software keeps bit 14 at 1 (RM0008 section 26.6.3); it means nothing to the address.
        _ownAddress1 = Map.Define("OAR1", 0x08).Field("ADD", 0, 10).Field("bit14", 14).Tagged("ADDMODE", 15);
        _ownAddress2 = Map.Define("OAR2", 0x0C).Field("ENDUAL", 0).Field("ADD2", 1, 7);
        _data = Map.Define("DR", 0x10).Field("DR", 0, 8, FieldAccess.ReadOnly).OnRead(ReadData).OnWrite((_, written) => WriteData((byte)written));
        _events = Map.Define("SR1", 0x14)
            .Field("SB", 0, access: FieldAccess.ReadOnly).Field("ADDR", 1, access: FieldAccess.ReadOnly).Field("BTF", 2, access: FieldAccess.ReadOnly)
            .Field("ADD10", 3, access: FieldAccess.ReadOnly).Field("STOPF", 4, access: FieldAccess.ReadOnly).Field("RXNE", 6, access: FieldAccess.ReadOnly)
            .Field("TXE", 7, access: FieldAccess.ReadOnly).Field("BERR", 8, access: FieldAccess.WriteZeroToClear)
            .Field("ARLO", 9, access: FieldAccess.WriteZeroToClear).Field("AF", 10, access: FieldAccess.WriteZeroToClear)
            .Field("OVR", 11, access: FieldAccess.WriteZeroToClear).Field("PECERR", 12, access: FieldAccess.WriteZeroToClear)
            .Field("TIMEOUT", 14, access: FieldAccess.WriteZeroToClear).Field("SMBALERT", 15, access: FieldAccess.WriteZeroToClear)
            .OnRead(ReadEvents).OnWrite((_, _) => Update());
        _state = Map.Define("SR2", 0x18)
            .Field("MSL", 0, access: FieldAccess.ReadOnly).Field("BUSY", 1, access: FieldAccess.ReadOnly).Field("TRA", 2, access: FieldAccess.ReadOnly)
            .Field("GENCALL", 4, access: FieldAccess.ReadOnly).Field("SMBDEFAULT", 5, access: FieldAccess.ReadOnly)
            .Field("SMBHOST", 6, access: FieldAccess.ReadOnly).Field("DUALF", 7, access: FieldAccess.ReadOnly).Field("PEC", 8, 8, FieldAccess.ReadOnly)
            .OnRead(ReadState);
        _clockControl = Map.Define("CCR", 0x1C).Field("CCR", 0, 12).Field("DUTY", 14).Field("F_S", 15);
        Map.Define("TRISE", 0x20, 2).Field("TRISE", 0, 6);
    }

    /// <summary>Asks for the next byte to send.</summary>
    public DmaRequest TransmitRequest { get; } = new();

    /// <summary>Asks for a received byte to be taken.</summary>
    public DmaRequest ReceiveRequest { get; } = new();

    /// <summary>Gives it the pins that AFIO has chosen.</summary>
    public void Route(GpioPin scl, GpioPin sda)
    {
        _scl.Route(scl);
        _sda.Route(sda);
    }

    /// <summary>True while it is on these pins.</summary>
    public bool Uses(GpioPin scl, GpioPin sda) => scl == _scl.Pin && sda == _sda.Pin;

    /// <summary>True while the slave listens: clocked, enabled, and both pins in alternate function open drain.</summary>
    private bool IsListening => IsClocked && _control1.Has(PeripheralEnable) && !_control1.Has(SoftwareReset) && HasPins();

    private bool Stretches => !_control1.Has(NoStretch);

    private I2cEvents Events => (I2cEvents)_events.Value;

    private bool IsTransmitter => _state.Has((uint)I2cState.Transmitter);

    /// <inheritdoc/>
    public override void Reset(bool powerOn)
    {
        base.Reset(powerOn);
        ForgetTransfer();
        Update();
    }

    private bool HasPins()
    {
        if (_scl.Pin?.IsAlternateOpenDrain == true && _sda.Pin?.IsAlternateOpenDrain == true)
        {
            return true;
        }

        Notices.Add(Name, $"is enabled, but {_scl.Pin?.Endpoint.Name} and {_sda.Pin?.Endpoint.Name} are not both alternate function open drain: it does not reach the bus");
        return false;
    }

    private void WriteControl()
    {
        if (_control1.Has(SoftwareReset))
        {
            Map.Reset(powerOn: false);
            _control1.Value = SoftwareReset;
            ForgetTransfer();
        }
        else if (!_control1.Has(PeripheralEnable))
        {
            _events.Value = 0;
            _state.Value = 0;
            ForgetTransfer();
        }
        else if (_stopSeen)
        {
            // STOPF falls by a read of SR1 followed by a write to CR1.
            _stopSeen = false;
            Assign(I2cEvents.StopDetected, false);
        }

        FollowMasterBits();
        Update();
    }

    private uint ReadEvents(uint value)
    {
        _addressSeen = (value & (uint)I2cEvents.AddressMatched) != 0;
        _stopSeen = (value & (uint)I2cEvents.StopDetected) != 0;
        _startSeen = (value & (uint)I2cEvents.StartSent) != 0;
        return value;
    }

    private uint ReadState(uint value)
    {
        if (_addressSeen)
        {
            // ADDR falls by a read of SR1 followed by a read of SR2; then the clock is let go.
            _addressSeen = false;
            Assign(I2cEvents.AddressMatched, false);
            if (IsMaster)
            {
                BeginMasterTransfer();
            }

            LoadShiftRegister();
            Update();
        }

        return value;
    }

    private void Assign(I2cEvents flags, bool set) => _events.Assign((uint)flags, set);

    /// <summary>Brings interrupt lines and clock line in step with the flags.</summary>
    private void Update()
    {
        var enables = _control2.Value;
        var wanted = PlainEvents | ((enables & BufferInterruptEnable) != 0 ? Buffers : I2cEvents.None);
        _interrupts.SetLevel(_eventInterrupt, (enables & EventInterruptEnable) != 0 && (Events & wanted) != 0);
        _interrupts.SetLevel(_eventInterrupt + 1, (enables & ErrorInterruptEnable) != 0 && (Events & Errors) != 0);
        var usesDma = (enables & DmaEnable) != 0;
        TransmitRequest.IsActive = usesDma && Events.HasFlag(I2cEvents.TransmitEmpty);
        ReceiveRequest.IsActive = usesDma && Events.HasFlag(I2cEvents.ReceiveNotEmpty);

        // Both are open drains: high means let go.
        var drives = _control1.Has(PeripheralEnable);
        _scl.Level = drives ? !HoldsClock : null;
        _sda.Level = drives ? true : null;
    }
}
