using FarmAgent.Simulation.I2c;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Two pins of the chip as a bus sees them: the interface takes part while AFIO gives it these pins, and nobody else.</summary>
internal sealed class I2cPins(Stm32F1I2c unit, GpioPin scl, GpioPin sda) : II2cTarget
{
    private bool IsHere => unit.Uses(scl, sda);

    /// <inheritdoc/>
    public void Start()
    {
        if (IsHere)
        {
            unit.Start();
        }
    }

    /// <inheritdoc/>
    public bool Address(byte address, bool read) => IsHere && unit.Address(address, read);

    /// <inheritdoc/>
    public bool WriteByte(byte value) => IsHere && unit.WriteByte(value);

    /// <inheritdoc/>
    public byte BeginRead() => IsHere ? unit.BeginRead() : (byte)0xFF;

    /// <inheritdoc/>
    public void EndRead(bool acknowledged)
    {
        if (IsHere)
        {
            unit.EndRead(acknowledged);
        }
    }

    /// <inheritdoc/>
    public void Stop()
    {
        if (IsHere)
        {
            unit.Stop();
        }
    }
}
