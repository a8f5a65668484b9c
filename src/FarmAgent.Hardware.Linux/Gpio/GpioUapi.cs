using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FarmAgent.Hardware.Linux.Native;

namespace FarmAgent.Hardware.Linux.Gpio;

/// <summary>The kernel's interface to GPIO chips, version 2 (linux/gpio.h, from Linux 5.10 on): structures, flags and call numbers.</summary>
internal static class GpioUapi
{
    public const ulong Used = 1UL << 0;
    public const ulong ActiveLow = 1UL << 1;
    public const ulong Input = 1UL << 2;
    public const ulong Output = 1UL << 3;
    public const ulong EdgeRising = 1UL << 4;
    public const ulong EdgeFalling = 1UL << 5;
    public const ulong BiasPullUp = 1UL << 8;
    public const ulong BiasPullDown = 1UL << 9;
    public const ulong BiasDisabled = 1UL << 10;

    public const uint AttributeOutputValues = 2;
    public const uint AttributeDebounce = 3;

    public const uint EventRising = 1;

    private const byte Gpio = 0xB4;

    public static readonly uint GetChipInfo = IoctlNumber.Read(Gpio, 0x01, Unsafe.SizeOf<ChipInfo>());
    public static readonly uint GetLineInfo = IoctlNumber.ReadWrite(Gpio, 0x05, Unsafe.SizeOf<LineInfo>());
    public static readonly uint GetLine = IoctlNumber.ReadWrite(Gpio, 0x07, Unsafe.SizeOf<LineRequest>());
    public static readonly uint SetConfig = IoctlNumber.ReadWrite(Gpio, 0x0D, Unsafe.SizeOf<LineConfig>());
    public static readonly uint GetValues = IoctlNumber.ReadWrite(Gpio, 0x0E, Unsafe.SizeOf<LineValues>());
    public static readonly uint SetValues = IoctlNumber.ReadWrite(Gpio, 0x0F, Unsafe.SizeOf<LineValues>());

    /// <summary>A text of the kernel: UTF-8, ended by a zero byte.</summary>
    public static string Text(ReadOnlySpan<byte> name)
    {
        var end = name.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }

    [InlineArray(32)]
    public struct Name
    {
        private byte _first;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ChipInfo
    {
        public Name Device;
        public Name Label;
        public uint Lines;
    }

    /// <summary>One attribute: a number that means flags, levels or microseconds by <see cref="Id"/>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Attribute
    {
        public uint Id;
        public uint Padding;
        public ulong Value;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ConfigAttribute
    {
        public Attribute Attribute;
        public ulong Mask;
    }

    [InlineArray(10)]
    public struct ConfigAttributes
    {
        private ConfigAttribute _first;
    }

    [InlineArray(10)]
    public struct InfoAttributes
    {
        private Attribute _first;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineConfig
    {
        public ulong Flags;
        public uint AttributeCount;
        public Padding5 Padding;
        public ConfigAttributes Attributes;
    }

    [InlineArray(64)]
    public struct Offsets
    {
        private uint _first;
    }

    [InlineArray(5)]
    public struct Padding5
    {
        private uint _first;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineRequest
    {
        public Offsets Offsets;
        public Name Consumer;
        public LineConfig Config;
        public uint LineCount;
        public uint EventBufferSize;
        public Padding5 Padding;
        public int File;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineInfo
    {
        public Name Name;
        public Name Consumer;
        public uint Offset;
        public uint AttributeCount;
        public ulong Flags;
        public InfoAttributes Attributes;
        public ulong Padding0;
        public ulong Padding1;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineValues
    {
        public ulong Bits;
        public ulong Mask;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineEvent
    {
        public ulong Nanoseconds;
        public uint Id;
        public uint Offset;
        public uint Sequence;
        public uint LineSequence;
        public ulong Padding0;
        public ulong Padding1;
        public ulong Padding2;
    }
}
