namespace FarmAgent.Simulation.I2c;

/// <summary>
/// A ready-made chip: an address and a file of registers. The first byte written sets the register pointer, further bytes are stored from
/// there; reads go on from the pointer, which wraps. Registers that are not writable acknowledge and ignore.
/// </summary>
internal sealed class RegisterI2cTarget(byte address, byte[] registers, bool writable) : II2cTarget
{
    private bool _expectPointer;
    private int _pointer;

    public byte OwnAddress { get; } = address;

    /// <inheritdoc/>
    public void Start() => _expectPointer = true;

    /// <inheritdoc/>
    public bool Address(byte address, bool read) => address == OwnAddress;

    /// <inheritdoc/>
    public bool WriteByte(byte value)
    {
        if (_expectPointer)
        {
            _expectPointer = false;
            _pointer = value % registers.Length;
            return true;
        }

        if (writable)
        {
            registers[_pointer] = value;
        }

        Step();
        return true;
    }

    /// <inheritdoc/>
    public byte BeginRead() => registers[_pointer];

    /// <inheritdoc/>
    public void EndRead(bool acknowledged) => Step();

    /// <inheritdoc/>
    public void Stop()
    {
    }

    private void Step() => _pointer = (_pointer + 1) % registers.Length;
}
