using FarmAgent.Hardware.Usb;

namespace FarmAgent.Boards.Power;

/// <summary>The USB port that feeds a board.</summary>
internal sealed class UsbPortSwitch(IUsbPortPower port) : IPowerSwitch
{
    public bool IsOn => port.IsOn;

    public void Switch(bool on)
    {
        if (port.IsOn != on)
        {
            port.Switch(on);
        }
    }

    public void Dispose()
    {
        // A port is nobody's to hold: the kernel keeps it as it was switched.
    }
}
