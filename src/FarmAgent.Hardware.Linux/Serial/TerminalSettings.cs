using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FarmAgent.Hardware.Serial;

namespace FarmAgent.Hardware.Linux.Serial;

/// <summary>
/// <c>struct termios2</c> (asm-generic/termbits.h), which takes any baud rate as a number; the portable interface knows only a list of them.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TerminalSettings
{
    private const uint AnyBaudRate = 0x1000;
    private const uint SevenBits = 0x20;
    private const uint EightBits = 0x30;
    private const uint TwoStopBits = 0x40;
    private const uint Receiver = 0x80;
    private const uint ParityBit = 0x100;
    private const uint OddParity = 0x200;
    private const uint IgnoreModemLines = 0x800;
    private const uint CheckParity = 0x10;

    public uint Input;
    public uint Output;
    public uint Control;
    public uint Local;
    public byte Discipline;
    public ControlCharacters Characters;
    public uint InputSpeed;
    public uint OutputSpeed;

    /// <summary>Raw bytes both ways, at once, without flow control or modem lines.</summary>
    public static TerminalSettings Raw(SerialSettings settings) => new()
    {
        Input = settings.Parity == SerialParity.None ? 0 : CheckParity,
        Control = AnyBaudRate | Receiver | IgnoreModemLines
            | (settings.DataBits == 7 ? SevenBits : EightBits)
            | (settings.StopBits == 2 ? TwoStopBits : 0)
            | settings.Parity switch
            {
                SerialParity.Even => ParityBit,
                SerialParity.Odd => ParityBit | OddParity,
                _ => 0,
            },
        InputSpeed = (uint)settings.BaudRate,
        OutputSpeed = (uint)settings.BaudRate,
    };

    /// <summary><c>c_cc</c>: all zero, so that a read never waits for more than is there.</summary>
    [InlineArray(19)]
    public struct ControlCharacters
    {
        private byte _first;
    }
}
