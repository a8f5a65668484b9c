using FarmAgent.Simulation.I2c;

namespace FarmAgent.Simulation.Instruments;

/// <summary>
/// An INA219 (Texas Instruments, SBOS448G): bus voltage, shunt voltage, current and power as 16-bit registers, most significant byte first. It
/// converts without end and without time: what is measured is what the bench says at the moment of the read.
/// </summary>
internal sealed class Ina219Target(byte address, Func<Ina219Inputs> inputs) : II2cTarget
{
    private const ushort ResetConfiguration = 0x399F;
    private const ushort ResetBit = 0x8000;
    private const ushort ConversionReady = 0x2;
    private const ushort MathOverflow = 0x1;
    private const double ShuntLsbVolts = 10e-6;
    private const double BusLsbVolts = 4e-3;
    private const int PowerDivisor = 5000;
    private const int CurrentDivisor = 4096;

    private ushort _configuration = ResetConfiguration;
    private ushort _calibration;
    private int _pointer;
    private int _written;
    private int _high;
    private ushort _latched;
    private bool _lowByte;

    private enum Register
    {
        Configuration = 0,
        ShuntVoltage = 1,
        BusVoltage = 2,
        Power = 3,
        Current = 4,
        Calibration = 5,
    }

    /// <inheritdoc/>
    public void Start() => (_written, _lowByte) = (0, false);

    /// <inheritdoc/>
    public bool Address(byte seen, bool read) => seen == address;

    /// <inheritdoc/>
    public bool WriteByte(byte value)
    {
        switch (_written++)
        {
            case 0:
                _pointer = value;
                break;
            case 1:
                _high = value;
                break;
            case 2:
                Store((ushort)((_high << 8) | value));
                break;
            default:
                break;
        }

        return true;
    }

    /// <inheritdoc/>
    public byte BeginRead()
    {
        // Both bytes are of one conversion (SBOS448G section 8.5.6.2: the register is latched when its read begins).
        if (!_lowByte)
        {
            _latched = Load();
        }

        return (byte)(_lowByte ? _latched : _latched >> 8);
    }

    /// <inheritdoc/>
    public void EndRead(bool acknowledged) => _lowByte = !_lowByte;

    /// <inheritdoc/>
    public void Stop()
    {
    }

    private void Store(ushort value)
    {
        switch ((Register)_pointer)
        {
            case Register.Configuration when (value & ResetBit) != 0:
                (_configuration, _calibration) = (ResetConfiguration, 0);
                break;
            case Register.Configuration:
                _configuration = value;
                break;
            case Register.Calibration:
                // Bit 0 is void and reads as zero.
                _calibration = (ushort)(value & ~1);
                break;
            default:
                break;
        }
    }

    private ushort Load() => (Register)_pointer switch
    {
        Register.Configuration => _configuration,
        Register.ShuntVoltage => unchecked((ushort)Shunt()),
        Register.BusVoltage => (ushort)((Bus() << 3) | ConversionReady | (Overflows() ? MathOverflow : 0)),
        Register.Power => (ushort)Math.Min(Math.Abs(Current()) * Bus() / PowerDivisor, ushort.MaxValue),
        Register.Current => unchecked((ushort)Math.Clamp(Current(), short.MinValue, short.MaxValue)),
        Register.Calibration => _calibration,
        _ => 0,
    };

    /// <summary>Shunt voltage in its LSB, limited by the gain (bits 12-11: 40, 80, 160, 320 mV).</summary>
    private short Shunt()
    {
        var range = 4000 << ((_configuration >> 11) & 3);
        return (short)Math.Clamp(Math.Round(inputs().ShuntVolts / ShuntLsbVolts), -range, range);
    }

    /// <summary>Bus voltage in its LSB, limited by the range (bit 13: 16 or 32 V).</summary>
    private int Bus()
    {
        var range = (_configuration & 0x2000) != 0 ? 8000 : 4000;
        return (int)Math.Clamp(Math.Round(inputs().BusVolts / BusLsbVolts), 0, range);
    }

    private long Current() => (long)Shunt() * _calibration / CurrentDivisor;

    private bool Overflows() => Current() is > short.MaxValue or < short.MinValue;
}

/// <summary>What an INA219 measures.</summary>
/// <param name="BusVolts">Voltage of the load against ground.</param>
/// <param name="ShuntVolts">Voltage across the shunt resistor.</param>
internal readonly record struct Ina219Inputs(double BusVolts, double ShuntVolts);
