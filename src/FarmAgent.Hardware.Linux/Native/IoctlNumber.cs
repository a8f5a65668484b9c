namespace FarmAgent.Hardware.Linux.Native;

/// <summary>Numbers of control calls as the kernel makes them on x86-64 and arm64 (asm-generic/ioctl.h): direction, size, type, number.</summary>
internal static class IoctlNumber
{
    /// <summary>The kernel fills the structure.</summary>
    public static uint Read(byte type, byte number, int size) => Compose(2, type, number, size);

    /// <summary>The kernel takes the structure.</summary>
    public static uint Write(byte type, byte number, int size) => Compose(1, type, number, size);

    /// <summary>Both.</summary>
    public static uint ReadWrite(byte type, byte number, int size) => Compose(3, type, number, size);

    private static uint Compose(uint direction, byte type, byte number, int size) =>
        (direction << 30) | ((uint)size << 16) | ((uint)type << 8) | number;
}
