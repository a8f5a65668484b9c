using FarmAgent.Hardware.Usb;

namespace FarmAgent.Hardware.Linux.Usb;

/// <summary>
/// Supply of a USB port by the attribute <c>disable</c> of the kernel's port, since Linux 6.0 (Documentation/ABI/testing/sysfs-bus-usb). Hubs that cannot
/// switch their ports' supply only take the device off the bus: what hangs on the port then keeps its power, and nothing tells.
/// </summary>
internal sealed class SysfsPortPower : IUsbPortPower
{
    /// <summary>Where the kernel lists hubs and devices.</summary>
    public const string Devices = "/sys/bus/usb/devices";

    private readonly string _file;

    private SysfsPortPower(string portPath, string file) => (PortPath, _file) = (portPath, file);

    /// <inheritdoc/>
    public string PortPath { get; }

    /// <inheritdoc/>
    public bool IsOn
    {
        get
        {
            try
            {
                return File.ReadAllText(_file).Trim() == "0";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Translate(e, "read");
            }
        }
    }

    /// <summary>Finds a port.</summary>
    /// <param name="portPath">For example <c>1-1.3</c>, or <c>1-2</c> at a root hub.</param>
    /// <param name="devices">Folder that lists hubs and devices.</param>
    public static SysfsPortPower Open(string portPath, string devices)
    {
        if (FolderOf(portPath) is not { } folder)
        {
            throw new HardwareException("USB_PORT_UNKNOWN", $"'{portPath}' is no USB port. Write bus and port chain as the kernel does, for example 1-1.3.");
        }

        var port = Path.Combine(devices, folder);
        if (!Directory.Exists(port))
        {
            throw Unknown(portPath, port);
        }

        var file = Path.Combine(port, "disable");
        return File.Exists(file)
            ? new SysfsPortPower(portPath, file)
            : throw (HardwareException)new HardwareException(
                "USB_PORT_NOT_SWITCHABLE",
                $"USB port {portPath} cannot be switched: {file} is not there, which the kernel has since Linux 6.0. Use a newer kernel, or a relay at a GPIO line.")
                .With("port", portPath);
    }

    /// <inheritdoc/>
    public void Switch(bool on)
    {
        try
        {
            File.WriteAllText(_file, on ? "0" : "1");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Translate(e, on ? "switched on" : "switched off");
        }
    }

    /// <summary>The hub's first interface and the port below it: 1-1.3 is 1-1:1.0/1-1-port3, and 1-2 is 1-0:1.0/usb1-port2.</summary>
    private static string? FolderOf(string portPath)
    {
        var dash = portPath.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0 || !portPath.All(c => char.IsAsciiDigit(c) || c is '-' or '.'))
        {
            return null;
        }

        var bus = portPath[..dash];
        var dot = portPath.LastIndexOf('.');
        var port = portPath[(Math.Max(dot, dash) + 1)..];
        return port.Length == 0 || portPath.LastIndexOf('-') != dash ? null
            : dot < 0 ? $"{bus}-0:1.0/usb{bus}-port{port}"
            : $"{portPath[..dot]}:1.0/{portPath[..dot]}-port{port}";
    }

    private static HardwareException Unknown(string portPath, string folder) => (HardwareException)new HardwareException(
        "USB_PORT_UNKNOWN", $"There is no USB port {portPath}: {folder} is not there. Look at lsusb -t, and whether its hub is plugged in.").With("port", portPath);

    private HardwareException Translate(Exception e, string what) => e switch
    {
        UnauthorizedAccessException => (HardwareException)new HardwareException(
            "USB_PORT_ACCESS_DENIED",
            $"USB port {PortPath} cannot be {what}: {Environment.UserName} may not use {_file}. Run as root: chgrp farm {_file} && chmod g+rw {_file}; a udev rule makes it last.",
            e).With("port", PortPath),
        DirectoryNotFoundException or FileNotFoundException => Unknown(PortPath, _file),
        _ => (HardwareException)new HardwareException("USB_IO", $"USB port {PortPath} cannot be {what}: {e.Message} Look at the kernel's log, and at the hub.", e).With("port", PortPath),
    };
}
