using System.Text;
using LibUsbDotNet;
using LibUsbDotNet.LibUsb;
using LibUsbDotNet.Main;
using UsbDeviceInfo = FarmAgent.Hardware.Usb.UsbDeviceInfo;

namespace FarmAgent.Hardware.Linux.Usb;

/// <summary>
/// Reads a device's strings as they are on the wire (USB 2.0 section 9.6.7). libusb's own reader turns everything outside ASCII into question
/// marks, and some probes have raw bytes for a serial number.
/// </summary>
internal static class UsbStrings
{
    private const byte DeviceToHost = 0x80;
    private const byte GetDescriptor = 6;
    private const int DeviceDescriptor = 0x0100;
    private const int StringDescriptor = 0x0300;
    private const int EnglishUnitedStates = 0x0409;
    private const int DeviceDescriptorLength = 18;
    private const int ProductIndexAt = 15;
    private const int SerialIndexAt = 16;

    /// <summary>Adds the strings to a description, or why the device cannot be opened.</summary>
    /// <param name="device">A closed device; it is closed again.</param>
    /// <param name="info">Its description.</param>
    /// <returns>False when it could not be asked.</returns>
    public static bool TryRead(IUsbDevice device, ref UsbDeviceInfo info)
    {
        try
        {
            device.Open();
            var descriptor = Get(device, DeviceDescriptor, 0, DeviceDescriptorLength);
            if (descriptor.Length < DeviceDescriptorLength)
            {
                return false;
            }

            info = info with { Product = Text(device, descriptor[ProductIndexAt]), RawSerial = Text(device, descriptor[SerialIndexAt]) };
            return true;
        }
        catch (UsbException e) when (e.ErrorCode == Error.Access)
        {
            info = info with { AccessProblem = UsbPermission.Problem(device, info) };
            return false;
        }
        catch (UsbException)
        {
            // Unplugged meanwhile, or not answering: it is listed as far as it is known.
            return false;
        }
        finally
        {
            device.Close();
        }
    }

    private static string? Text(IUsbDevice device, byte index)
    {
        const int Longest = 255;
        const int Header = 2;
        if (index == 0)
        {
            return null;
        }

        var descriptor = Get(device, StringDescriptor | index, EnglishUnitedStates, Longest);
        return descriptor.Length < Header ? null : Encoding.Unicode.GetString(descriptor.AsSpan(Header, (Math.Min(descriptor.Length, descriptor[0]) - Header) & ~1));
    }

    private static byte[] Get(IUsbDevice device, int value, int index, int length)
    {
        var buffer = new byte[length];
        var count = device.ControlTransfer(new UsbSetupPacket(DeviceToHost, GetDescriptor, value, index, length), buffer, 0, length);
        return buffer[..count];
    }
}
