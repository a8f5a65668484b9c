using FarmAgent.Simulation.I2c;

namespace FarmAgent.Simulation.Mcu;

/// <summary>What happens on the wires: data register and shift register in both directions, and when the clock is held low.</summary>
internal sealed partial class Stm32F1I2c : II2cTarget
{
    private bool _addressSeen;
    private bool _stopSeen;
    private bool _addressed;
    private bool _refused;
    private byte _dataRegister;
    private byte _shiftRegister;
    private bool _shiftFull;

    /// <summary>
    /// Clock stretching (RM0008 section 26.3.2, figures 271 and 272): while ADDR is set, while a byte is asked for and none is loaded, and while
    /// two received bytes wait.
    /// </summary>
    private bool HoldsClock => Stretches && _addressed
        && (Events.HasFlag(I2cEvents.AddressMatched)
            || (IsTransmitter ? !_shiftFull && !_refused : Events.HasFlag(I2cEvents.ByteTransferFinished)));

    /// <inheritdoc/>
    public void Start()
    {
        if (!IsListening)
        {
            return;
        }

        EndTransfer();
        _state.Value = (uint)I2cState.Busy;
        Update();
    }

    /// <inheritdoc/>
    public bool Address(byte address, bool read)
    {
        if (!IsListening || !_control1.Has(AcknowledgeEnable) || Match(address, read) is not { } state)
        {
            return false;
        }

        _addressed = true;
        _refused = false;
        _shiftFull = false;
        _state.Value = (uint)(I2cState.Busy | state | (read ? I2cState.Transmitter : I2cState.None));
        Assign(I2cEvents.AddressMatched, true);
        Assign(I2cEvents.TransmitEmpty, read);
        Update();
        return true;
    }

    /// <inheritdoc/>
    public bool WriteByte(byte value)
    {
        if (!IsListening || !_addressed)
        {
            return false;
        }

        if (!Events.HasFlag(I2cEvents.ReceiveNotEmpty))
        {
            _dataRegister = value;
            Assign(I2cEvents.ReceiveNotEmpty, true);
        }
        else if (Stretches)
        {
            _shiftRegister = value;
            _shiftFull = true;
            Assign(I2cEvents.ByteTransferFinished, true);
        }
        else
        {
            Assign(I2cEvents.Overrun, true);
        }

        Update();
        return _control1.Has(AcknowledgeEnable);
    }

    /// <inheritdoc/>
    public byte BeginRead()
    {
        if (!IsListening || !_addressed)
        {
            return 0xFF;
        }

        if (!_shiftFull)
        {
            // Only without stretching: the last byte goes out again (RM0008 section 26.3.4, underrun).
            Assign(I2cEvents.Overrun, true);
            Update();
        }

        return _shiftRegister;
    }

    /// <inheritdoc/>
    public void EndRead(bool acknowledged)
    {
        if (!IsListening || !_addressed)
        {
            return;
        }

        _shiftFull = false;
        if (!acknowledged)
        {
            _refused = true;
            Assign(I2cEvents.AcknowledgeFailure, true);
        }
        else if (Events.HasFlag(I2cEvents.TransmitEmpty))
        {
            Assign(I2cEvents.ByteTransferFinished, Stretches);
        }
        else
        {
            LoadShiftRegister();
        }

        Update();
    }

    /// <inheritdoc/>
    public void Stop()
    {
        if (!IsListening)
        {
            return;
        }

        // No STOPF after a NACK (RM0008 section 26.6.6).
        var showsStop = _addressed && !_refused;
        EndTransfer();
        _state.Value = 0;
        Assign(I2cEvents.StopDetected, showsStop || Events.HasFlag(I2cEvents.StopDetected));
        Update();
    }

    private I2cState? Match(byte address, bool read)
    {
        if (address == ((_ownAddress1.Value >> 1) & 0x7F))
        {
            return I2cState.None;
        }

        if (_ownAddress2.Has(1) && address == ((_ownAddress2.Value >> 1) & 0x7F))
        {
            return I2cState.SecondAddress;
        }

        return address == 0 && !read && _control1.Has(GeneralCallEnable) ? I2cState.GeneralCall : null;
    }

    private uint ReadData(uint stored)
    {
        var value = _dataRegister;
        if (_shiftFull && !IsTransmitter)
        {
            _dataRegister = _shiftRegister;
            _shiftFull = false;
        }
        else
        {
            Assign(I2cEvents.ReceiveNotEmpty, false);
        }

        Assign(I2cEvents.ByteTransferFinished, false);
        if (IsMaster)
        {
            ReceiveNext();
        }

        Update();
        return value;
    }

    private void WriteData(byte value)
    {
        if (!_control1.Has(PeripheralEnable))
        {
            return;
        }

        if (_startSeen && Events.HasFlag(I2cEvents.StartSent))
        {
            _startSeen = false;
            SendAddress(value);
            return;
        }

        _dataRegister = value;
        Assign(I2cEvents.TransmitEmpty | I2cEvents.ByteTransferFinished, false);
        if (IsMaster)
        {
            SendNext();
        }

        LoadShiftRegister();
        Update();
    }

    /// <summary>A byte in DR goes on to an empty shift register once the address phase is over, and DR is empty again.</summary>
    private void LoadShiftRegister()
    {
        if (_addressed && IsTransmitter && !_refused && !_shiftFull
            && (Events & (I2cEvents.TransmitEmpty | I2cEvents.AddressMatched)) == I2cEvents.None)
        {
            _shiftRegister = _dataRegister;
            _shiftFull = true;
            Assign(I2cEvents.TransmitEmpty, true);
        }
    }

    /// <summary>STOP or START: hardware takes TXE, BTF and what was not yet sent; a received byte stays.</summary>
    private void EndTransfer()
    {
        Assign(I2cEvents.TransmitEmpty | I2cEvents.ByteTransferFinished | I2cEvents.AddressMatched, false);
        _addressed = false;
        _refused = false;
        _shiftFull = false;
    }

    private void ForgetTransfer()
    {
        EndTransfer();
        LeaveMaster();
        _addressSeen = false;
        _stopSeen = false;
        _dataRegister = 0;
        _shiftRegister = 0;
    }
}
