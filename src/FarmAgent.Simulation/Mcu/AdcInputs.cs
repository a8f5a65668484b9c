namespace FarmAgent.Simulation.Mcu;

/// <summary>What the ADCs measure, in volts (DS5319 sections 5.3.18 to 5.3.20).</summary>
/// <param name="supplyVolts">Supply of the chip, which is its reference.</param>
/// <param name="levelOf">Level of the net at an external channel; nets are digital, so it is ground or the supply.</param>
internal sealed class AdcInputs(double supplyVolts, Func<int, bool> levelOf)
{
    private const int ExternalChannels = 10;
    private const int TemperatureSensor = 16;
    private const int InternalReference = 17;
    private const double VoltsAt25Degrees = 1.43;
    private const double ReferenceVolts = 1.20;
    private const int FullScale = 4095;

    /// <summary>The conversion of a channel. The chip is at 25 degrees Celsius; a channel that the package does not bring out reads 0.</summary>
    public uint Convert(int channel, bool hasInternalChannels)
    {
        var volts = channel switch
        {
            TemperatureSensor => hasInternalChannels ? VoltsAt25Degrees : 0,
            InternalReference => hasInternalChannels ? ReferenceVolts : 0,
            < ExternalChannels => levelOf(channel) ? supplyVolts : 0,
            _ => 0,
        };
        return supplyVolts <= 0 ? 0 : (uint)Math.Clamp(Math.Round(volts / supplyVolts * FullScale), 0, FullScale);
    }
}
