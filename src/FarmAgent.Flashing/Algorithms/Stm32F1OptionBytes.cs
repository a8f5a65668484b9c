using FarmAgent.Flashing.Programming;
using FarmAgent.Probes;

namespace FarmAgent.Flashing.Algorithms;

/// <summary>Reads and writes the option bytes of an STM32F1 (PM0075 section 2.4). The flash has to be unlocked to write.</summary>
internal sealed class Stm32F1OptionBytes(IMemoryAccess memory, uint registers, Action waitIdle)
{
    private const uint Start = 0x1FFF_F800;
    private const ushort NotReadProtected = 0xA5;

    /// <summary>As they are in force: what the last reset loaded.</summary>
    public OptionBytes Read()
    {
        var word = memory.ReadWord(registers + FlashRegisters.OptionBytes);
        var status = (OptionByteStatus)word;
        return new OptionBytes
        {
            ReadProtected = status.HasFlag(OptionByteStatus.ReadProtected),
            HardwareWatchdog = !status.HasFlag(OptionByteStatus.SoftwareWatchdog),
            ResetOnStop = !status.HasFlag(OptionByteStatus.NoResetOnStop),
            ResetOnStandby = !status.HasFlag(OptionByteStatus.NoResetOnStandby),
            Data0 = (byte)(word >> 10),
            Data1 = (byte)(word >> 18),
            WriteProtection = memory.ReadWord(registers + FlashRegisters.WriteProtection),
        };
    }

    /// <summary>Erases all and programs them; they come into force with the next reset.</summary>
    /// <param name="wanted">All of them.</param>
    public void Write(OptionBytes wanted)
    {
        memory.WriteWord(registers + FlashRegisters.OptionKey, FlashRegisters.FirstKey);
        memory.WriteWord(registers + FlashRegisters.OptionKey, FlashRegisters.SecondKey);
        Control(FlashControl.OptionErase);
        Control(FlashControl.OptionErase | FlashControl.Start);
        waitIdle();
        Control(FlashControl.OptionProgram);

        // Erased option bytes mean read protection, so its key is the first that is written: little time for an accident.
        if (!wanted.ReadProtected)
        {
            Program(0, NotReadProtected);
        }

        var user = OptionByteStatus.None;
        user |= wanted.HardwareWatchdog ? OptionByteStatus.None : OptionByteStatus.SoftwareWatchdog;
        user |= wanted.ResetOnStop ? OptionByteStatus.None : OptionByteStatus.NoResetOnStop;
        user |= wanted.ResetOnStandby ? OptionByteStatus.None : OptionByteStatus.NoResetOnStandby;

        // The bits stand two places lower in the byte than in FLASH_OBR; those above mean nothing and stay erased.
        Program(2, (ushort)(0xF8 | ((uint)user >> 2)));
        Program(4, wanted.Data0);
        Program(6, wanted.Data1);
        for (var i = 0; i < 4; i++)
        {
            Program(8 + (uint)(2 * i), (byte)(wanted.WriteProtection >> (8 * i)));
        }

        if (wanted.ReadProtected)
        {
            Program(0, 0);
        }

        memory.WriteWord(registers + FlashRegisters.Control, (uint)FlashControl.Lock);
    }

    private void Control(FlashControl bits) =>
        memory.WriteWord(registers + FlashRegisters.Control, (uint)(bits | FlashControl.OptionWriteEnable));

    private void Program(uint offset, ushort value)
    {
        // The controller computes the complement itself; an erased cell programmed with FF would get one too, which is what it needs.
        memory.WriteHalfWord(Start + offset, value);
        waitIdle();
    }
}
