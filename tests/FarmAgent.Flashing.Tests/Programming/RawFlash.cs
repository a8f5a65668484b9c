using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Tests.Programming;

/// <summary>Changes flash and option bytes behind the programmer's back, register by register (PM0075 sections 2.3 and 2.6).</summary>
internal static class RawFlash
{
    private const uint Key = 0x4002_2004;
    private const uint OptionKey = 0x4002_2008;
    private const uint Status = 0x4002_200C;
    private const uint Control = 0x4002_2010;
    private const uint Options = 0x1FFF_F800;

    /// <summary>Programs one half-word of a halted chip.</summary>
    public static void Program(DebugSession session, uint address, ushort value)
    {
        Unlock(session);
        session.Memory.WriteWord(Control, 0x01);
        session.Memory.WriteHalfWord(address, value);
        Finish(session);
    }

    /// <summary>Sets the option half-words of read protection and of write protection for the first 16 KiB, and loads them.</summary>
    public static void Protect(DebugSession session, ushort readProtection, ushort writeProtection)
    {
        session.Core.ResetAndHalt();
        Unlock(session);
        session.Memory.WriteWord(OptionKey, 0x4567_0123);
        session.Memory.WriteWord(OptionKey, 0xCDEF_89AB);
        session.Memory.WriteWord(Control, 0x220);
        session.Memory.WriteWord(Control, 0x260);
        WaitIdle(session);
        session.Memory.WriteWord(Control, 0x210);
        foreach (var (offset, value) in new[] { (0u, readProtection), (8u, writeProtection) })
        {
            session.Memory.WriteHalfWord(Options + offset, value);
            WaitIdle(session);
        }

        Finish(session);
        session.Core.ResetAndRun();
    }

    private static void Unlock(DebugSession session)
    {
        if ((session.Memory.ReadWord(Control) & 0x80) != 0)
        {
            session.Memory.WriteWord(Key, 0x4567_0123);
            session.Memory.WriteWord(Key, 0xCDEF_89AB);
        }
    }

    private static void Finish(DebugSession session)
    {
        WaitIdle(session);
        session.Memory.WriteWord(Control, 0x00);
        session.Memory.WriteWord(Control, 0x80);
    }

    private static void WaitIdle(DebugSession session)
    {
        for (var i = 0; i < 10_000; i++)
        {
            if ((session.Memory.ReadWord(Status) & 1) == 0)
            {
                return;
            }
        }

        Assert.Fail("The flash stays busy.");
    }
}
