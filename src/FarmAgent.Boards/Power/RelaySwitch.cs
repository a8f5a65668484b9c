using FarmAgent.Hardware.Gpio;

namespace FarmAgent.Boards.Power;

/// <summary>A relay, or a transistor, at a line of the host.</summary>
/// <param name="line">The line, which it owns. Taking it switches nothing: it stays as it is until the first <see cref="Switch"/>.</param>
/// <param name="activeHigh">Level that switches on.</param>
internal sealed class RelaySwitch(IGpioLine line, bool activeHigh) : IPowerSwitch
{
    public bool IsOn => line.Read() == activeHigh;

    public void Switch(bool on)
    {
        if (line.Direction == GpioDirection.Output)
        {
            line.Write(on == activeHigh);
        }
        else
        {
            line.ConfigureOutput(on == activeHigh);
        }
    }

    public void Dispose() => line.Dispose();
}
