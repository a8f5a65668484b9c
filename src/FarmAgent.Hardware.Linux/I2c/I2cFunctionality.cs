namespace FarmAgent.Hardware.Linux.I2c;

/// <summary>What an adapter can do (I2C_FUNC_… of linux/i2c.h), as far as it decides how a transfer is made.</summary>
[Flags]
internal enum I2cFunctionality : ulong
{
    /// <summary>Plain messages, combined ones too.</summary>
    Messages = 0x1,

    /// <summary>An address without data.</summary>
    SmbusQuick = 0x10000,

    /// <summary>Reading one byte.</summary>
    SmbusReadByte = 0x20000,

    /// <summary>Writing one byte.</summary>
    SmbusWriteByte = 0x40000,

    /// <summary>Reading one byte of a register.</summary>
    SmbusReadByteData = 0x80000,

    /// <summary>Writing one byte of a register.</summary>
    SmbusWriteByteData = 0x100000,

    /// <summary>Reading up to 32 bytes from a register on.</summary>
    SmbusReadBlock = 0x4000000,

    /// <summary>Writing up to 32 bytes from a register on.</summary>
    SmbusWriteBlock = 0x8000000,
}
