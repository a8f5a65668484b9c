using System.Runtime.InteropServices;

namespace LibUsbDotNet.Main;

/// <summary>The setup stage of a control transfer (USB 2.0 section 9.3).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct UsbSetupPacket
{
    /// <summary>bmRequestType: direction, type and recipient.</summary>
    public byte RequestType;

    /// <summary>bRequest.</summary>
    public byte Request;

    /// <summary>wValue.</summary>
    public short Value;

    /// <summary>wIndex.</summary>
    public short Index;

    /// <summary>wLength: bytes of the data stage.</summary>
    public short Length;

    /// <summary>Fills all fields; the words keep their lower 16 bits.</summary>
    /// <param name="bRequestType">bmRequestType.</param>
    /// <param name="bRequest">bRequest.</param>
    /// <param name="wValue">wValue.</param>
    /// <param name="wIndex">wIndex.</param>
    /// <param name="wlength">wLength.</param>
    public UsbSetupPacket(byte bRequestType, byte bRequest, int wValue, int wIndex, int wlength)
    {
        RequestType = bRequestType;
        Request = bRequest;
        Value = unchecked((short)wValue);
        Index = unchecked((short)wIndex);
        Length = unchecked((short)wlength);
    }
}
