using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FarmAgent.Hardware.Linux.Native;

namespace FarmAgent.Hardware.Linux.I2c;

/// <summary>
/// Transfers of adapters that know only the SMBus protocols (linux/i2c-dev.h, I2C_SMBUS): what can be said in them is said, the rest is refused.
/// </summary>
internal static unsafe class SmbusTransfer
{
    private const uint SetSlave = 0x0703;
    private const uint Smbus = 0x0720;
    private const byte WriteDirection = 0;
    private const byte ReadDirection = 1;
    private const uint Quick = 0;
    private const uint Byte = 1;
    private const uint ByteData = 2;
    private const uint BlockData = 8;
    private const int LongestBlock = 32;

    /// <summary>An address without data: a probe of presence that changes nothing on most devices.</summary>
    /// <returns>0, or the error number.</returns>
    public static int SendAddress(DeviceFile file, byte address, I2cFunctionality can)
    {
        var data = default(SmbusData);
        return Select(file, address) is var error and not 0 ? error
            : can.HasFlag(I2cFunctionality.SmbusQuick) ? Call(file, WriteDirection, 0, Quick, ref data)
            : can.HasFlag(I2cFunctionality.SmbusReadByte) ? Call(file, ReadDirection, 0, Byte, ref data)
            : Errno.NotSupported;
    }

    /// <summary>A write, a read, or a register number and a read.</summary>
    /// <returns>0, or the error number; <see cref="Errno.NotSupported"/> for what no SMBus protocol says.</returns>
    public static int Transfer(DeviceFile file, byte address, ReadOnlySpan<byte> write, Span<byte> read, I2cFunctionality can)
    {
        if (Select(file, address) is var error and not 0)
        {
            return error;
        }

        var data = default(SmbusData);
        var register = write.IsEmpty ? (byte)0 : write[0];
        switch (write.Length, read.Length)
        {
            case (1, 0) when can.HasFlag(I2cFunctionality.SmbusWriteByte):
                return Call(file, WriteDirection, register, Byte, ref data);
            case (2, 0) when can.HasFlag(I2cFunctionality.SmbusWriteByteData):
                data[0] = write[1];
                return Call(file, WriteDirection, register, ByteData, ref data);
            case ( > 2 and <= LongestBlock + 1, 0) when can.HasFlag(I2cFunctionality.SmbusWriteBlock):
                data[0] = (byte)(write.Length - 1);
                write[1..].CopyTo(data[1..]);
                return Call(file, WriteDirection, register, BlockData, ref data);
            case (0, 1) when can.HasFlag(I2cFunctionality.SmbusReadByte):
                error = Call(file, ReadDirection, 0, Byte, ref data);
                read[0] = data[0];
                return error;
            case (1, 1) when can.HasFlag(I2cFunctionality.SmbusReadByteData):
                error = Call(file, ReadDirection, register, ByteData, ref data);
                read[0] = data[0];
                return error;
            case (1, > 1 and <= LongestBlock) when can.HasFlag(I2cFunctionality.SmbusReadBlock):
                data[0] = (byte)read.Length;
                error = Call(file, ReadDirection, register, BlockData, ref data);
                ((ReadOnlySpan<byte>)data)[1..(1 + read.Length)].CopyTo(read);
                return error;
            default:
                return Errno.NotSupported;
        }
    }

    private static int Select(DeviceFile file, byte address) => file.Control(SetSlave, address);

    private static int Call(DeviceFile file, byte direction, byte command, uint size, ref SmbusData data)
    {
        fixed (SmbusData* pointer = &data)
        {
            var request = new SmbusRequest { Direction = direction, Command = command, Size = size, Data = size == Quick ? 0 : (nint)pointer };
            return file.Control(Smbus, ref request);
        }
    }

    /// <summary><c>union i2c_smbus_data</c>: a length byte, 32 data bytes, one more for a checksum.</summary>
    [InlineArray(34)]
    private struct SmbusData
    {
        private byte _first;
    }

    /// <summary><c>struct i2c_smbus_ioctl_data</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct SmbusRequest
    {
        public byte Direction;
        public byte Command;
        public uint Size;
        public nint Data;
    }
}
