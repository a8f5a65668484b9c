namespace FarmAgent.Hardware.Usb;

/// <summary>The supply of one USB port: what hangs on it loses its power and its place on the bus while it is off.</summary>
public interface IUsbPortPower
{
    /// <summary>The port, in the words of <see cref="UsbDeviceInfo.PortPath"/>, for example <c>1-1.3</c>.</summary>
    string PortPath { get; }

    /// <summary>True while the port is on.</summary>
    /// <exception cref="HardwareException">The port is gone (<c>USB_PORT_UNKNOWN</c>).</exception>
    bool IsOn { get; }

    /// <summary>Switches the port; returns when the hub has done it. What hangs on it needs a moment more to be found again.</summary>
    /// <param name="on">True for on.</param>
    /// <exception cref="HardwareException">The port is gone (<c>USB_PORT_UNKNOWN</c>), may not be switched by this user (<c>USB_PORT_ACCESS_DENIED</c>), or the hub refused (<c>USB_IO</c>).</exception>
    void Switch(bool on);
}
