namespace FarmAgent.Cli.Tunnels.UsbIp;

/// <summary>Numbers of the USB/IP protocol, version 1.1.1 (Linux, Documentation/usb/usbip_protocol.rst). Numbers are sent high byte first.</summary>
internal static class UsbIpProtocol
{
    /// <summary>The TCP port that is registered for it.</summary>
    public const int DefaultPort = 3240;

    /// <summary>Version, binary coded.</summary>
    public const ushort Version = 0x0111;

    /// <summary>Bytes of version, code and status in front of an operation.</summary>
    public const int OperationLength = 8;

    /// <summary>Asks for the list of devices.</summary>
    public const ushort ListRequest = 0x8005;

    /// <summary>The list of devices.</summary>
    public const ushort ListReply = 0x0005;

    /// <summary>Asks for a device.</summary>
    public const ushort ImportRequest = 0x8003;

    /// <summary>The device, or why not.</summary>
    public const ushort ImportReply = 0x0003;

    /// <summary>Bytes of a device's bus id, filled up with zeros.</summary>
    public const int BusIdLength = 32;

    /// <summary>Bytes in front of a command or its return, once a device was imported.</summary>
    public const int HeaderLength = 48;

    /// <summary>Submits a transfer.</summary>
    public const uint Submit = 1;

    /// <summary>Takes a transfer back.</summary>
    public const uint Unlink = 2;

    /// <summary>A transfer is over.</summary>
    public const uint SubmitReturn = 3;

    /// <summary>A transfer was taken back, or was over.</summary>
    public const uint UnlinkReturn = 4;
}

/// <summary>Why an operation was refused, as Linux' tools have it (tools/usb/usbip/libsrc/usbip_common.h).</summary>
internal enum UsbIpStatus : uint
{
    /// <summary>It was done.</summary>
    Okay = 0,

    /// <summary>The device is used by another importer.</summary>
    DeviceBusy = 2,

    /// <summary>The device is out of order.</summary>
    DeviceError = 3,

    /// <summary>There is no such device.</summary>
    NoDevice = 4,

    /// <summary>The request is not understood.</summary>
    Error = 5,
}
