using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Tests.Mcu;

/// <summary>What a programmer does with the flash registers, step by step (PM0075).</summary>
internal sealed class FlashBench : IDisposable
{
    public const uint Flash = 0x0800_0000;
    public const uint KeyRegister = 0x4002_2004;
    public const uint OptionKeyRegister = 0x4002_2008;
    public const uint StatusRegister = 0x4002_200C;
    public const uint ControlRegister = 0x4002_2010;
    public const uint AddressRegister = 0x4002_2014;
    public const uint OptionRegister = 0x4002_201C;
    public const uint OptionBytes = 0x1FFF_F800;
    public const uint Busy = 0x01;
    public const uint ProgrammingError = 0x04;
    public const uint WriteProtectionError = 0x10;
    public const uint EndOfOperation = 0x20;

    public ChipBench Chip { get; } = new();

    public uint Status => Chip.Read(StatusRegister);

    public uint Control
    {
        get => Chip.Read(ControlRegister);
        set => Chip.Write(ControlRegister, value);
    }

    public void Unlock()
    {
        Chip.Write(KeyRegister, 0x4567_0123);
        Chip.Write(KeyRegister, 0xCDEF_89AB);
    }

    public void UnlockOptions()
    {
        Unlock();
        Chip.Write(OptionKeyRegister, 0x4567_0123);
        Chip.Write(OptionKeyRegister, 0xCDEF_89AB);
    }

    /// <summary>Programs a half-word and lets its time pass.</summary>
    public void Program(uint offset, ushort value)
    {
        Control = 0x01;
        Assert.Equal(BusResponse.Okay, StartProgram(offset, value));
        Settle();
    }

    public BusResponse StartProgram(uint offset, ushort value) => Chip.TryWrite(Flash + offset, value, 2);

    public void StartPageErase(uint offset)
    {
        Control = 0x02;
        Chip.Write(AddressRegister, Flash + offset);
        Control = 0x42;
    }

    public void EraseOptions()
    {
        Control = 0x220;
        Control = 0x260;
        Settle();
    }

    public void ProgramOption(uint offset, ushort value)
    {
        Control = 0x210;
        Chip.Write(OptionBytes + offset, value, 2);
        Settle();
    }

    public uint HalfWord(uint offset) => Chip.Read(Flash + offset, 2);

    public void Settle() => Chip.Advance(TimeSpan.FromMilliseconds(50));

    public void Dispose() => Chip.Dispose();
}
