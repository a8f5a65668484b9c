using FarmAgent.Hardware;
using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Probes.Tests;

/// <summary>
/// What every probe with a Cortex-M3 behind it must do, whoever stands below the seam. The target needs 4 KiB of RAM at 0x20000000 and an
/// NRST wire; whatever its flash holds does not matter.
/// </summary>
public abstract class DebugProbeContract
{
    private const uint Ram = 0x2000_0000;
    private const uint Nowhere = 0x6000_0000;

    /// <summary>The bench under test.</summary>
    protected abstract IHardwareBackend Backend { get; }

    [Fact]
    public void List_Probe_CanBeUsedAndSelected()
    {
        var probe = Assert.Single(ProbeCatalog.List(Backend.Usb));
        Assert.Null(probe.Problem);
        Assert.Equal(probe, ProbeCatalog.Find(Backend.Usb, probe.Selector));
    }

    [Fact]
    public void Open_Target_IsACortexM3()
    {
        using var session = Open();
        Assert.Equal(0xC23, session.Identity.CorePart);
    }

    [Fact]
    public void Open_Supply_IsWithinTheChipsRange()
    {
        using var session = Open();
        Assert.InRange(session.TargetVolts!.Value, 2.0, 3.6);
    }

    [Fact]
    public void Open_Twice_IsBusyAndSaysSo()
    {
        using var session = Open();
        Assert.Equal("PROBE_BUSY", Assert.Throws<ProbeException>(Open).Reason);
    }

    [Fact]
    public void Open_AfterDispose_WorksAgain()
    {
        Open().Dispose();
        using var session = Open();
        Assert.False(session.ConnectedUnderReset);
    }

    [Fact]
    public void Open_UnderReset_HaltsAtTheResetVector()
    {
        using var session = Open(new DebugSessionOptions { UnderReset = true });
        Assert.True(session.ConnectedUnderReset && session.Core.ReadState().IsHalted);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 6)]
    [InlineData(0, 64)]
    [InlineData(2, 63)]
    [InlineData(1, 2049)]
    [InlineData(0, 3072)]
    public void Write_AnyRange_ReadsBackAndSparesItsNeighbours(uint offset, int length)
    {
        using var session = Open();
        session.Core.Halt();
        var before = new byte[4096];
        before.AsSpan().Fill(0xA5);
        session.Memory.Write(Ram, before);
        var data = Enumerable.Range(1, length).Select(i => (byte)(i * 31)).ToArray();
        session.Memory.Write(Ram + 4 + offset, data);

        data.CopyTo(before, 4 + offset);
        var after = new byte[4096];
        session.Memory.Read(Ram, after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Read_PartsOfARange_AreTheSameAsTheWhole()
    {
        using var session = Open();
        session.Core.Halt();
        session.Memory.Write(Ram, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        var part = new byte[7];
        session.Memory.Read(Ram + 3, part);
        Assert.Equal([4, 5, 6, 7, 8, 9, 10], part);
    }

    [Fact]
    public void WriteHalfWord_One_ChangesOnlyItsHalf()
    {
        using var session = Open();
        session.Core.Halt();
        session.Memory.WriteWord(Ram, 0x1122_3344);
        session.Memory.WriteHalfWord(Ram + 2, 0xABCD);
        Assert.Equal((0xABCD_3344u, (ushort)0xABCD), (session.Memory.ReadWord(Ram), session.Memory.ReadHalfWord(Ram + 2)));
    }

    [Fact]
    public void ReadWord_NothingThere_IsAFaultAtTheAddress()
    {
        using var session = Open();
        Assert.Equal(Nowhere, Assert.Throws<MemoryFaultException>(() => session.Memory.ReadWord(Nowhere)).Address);
    }

    [Fact]
    public void Read_NothingThere_IsAFaultAndTheNextAccessWorks()
    {
        using var session = Open();
        session.Core.Halt();
        session.Memory.WriteWord(Ram, 0x5555_AAAA);
        Assert.Throws<MemoryFaultException>(() => session.Memory.Read(Nowhere, new byte[8]));
        Assert.Equal(0x5555_AAAAu, session.Memory.ReadWord(Ram));
    }

    [Fact]
    public void Write_NothingThere_IsAFault()
    {
        using var session = Open();
        Assert.Throws<MemoryFaultException>(() => session.Memory.Write(Nowhere, new byte[8]));
    }

    [Theory]
    [InlineData(CoreRegister.R0)]
    [InlineData(CoreRegister.R7)]
    [InlineData(CoreRegister.R12)]
    [InlineData(CoreRegister.Lr)]
    [InlineData(CoreRegister.Msp)]
    public void WriteRegister_Value_ReadsBack(CoreRegister register)
    {
        using var session = Open();
        session.Core.ResetAndHalt();
        session.Core.WriteRegister(register, 0x2000_0120);
        Assert.Equal(0x2000_0120u, session.Core.ReadRegister(register));
    }

    [Theory]
    [InlineData(ResetKind.Pin)]
    [InlineData(ResetKind.System)]
    public void ResetAndHalt_Core_StopsBeforeItsFirstInstruction(ResetKind kind)
    {
        using var session = Open();
        session.Core.ResetAndHalt(kind);
        var vector = session.Memory.ReadWord(0x0800_0004);
        Assert.Equal(vector & ~1u, session.Core.ReadRegister(CoreRegister.Pc));
    }

    [Fact]
    public void Step_Instruction_MovesOn()
    {
        using var session = Open();
        LoadAndPoint(session, [0x00, 0xBF, 0x00, 0xBF]);
        session.Core.Step();
        Assert.Equal(Ram + 2, session.Core.ReadRegister(CoreRegister.Pc));
    }

    [Fact]
    public void Run_RoutineInRam_StopsAtItsBreakpointWithItsResult()
    {
        using var session = Open();

        // movs r0, #42; bkpt 0
        LoadAndPoint(session, [0x2A, 0x20, 0x00, 0xBE]);
        session.Core.Run(maskInterrupts: true);
        session.Core.WaitHalted(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        Assert.True(session.Core.StoppedAtBreakpoint());
        Assert.Equal((42u, Ram + 2), (session.Core.ReadRegister(CoreRegister.R0), session.Core.ReadRegister(CoreRegister.Pc)));
    }

    [Fact]
    public void Run_AccessToNowhere_IsDecoded()
    {
        using var session = Open();

        // ldr r1, [r0]; bkpt 0
        LoadAndPoint(session, [0x01, 0x68, 0x00, 0xBE]);
        session.Core.WriteRegister(CoreRegister.R0, Nowhere);
        session.Core.CatchHardFaults(enabled: true);
        session.Core.Run(maskInterrupts: true);
        session.Core.WaitHalted(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        var faults = session.Core.ReadFaults();
        Assert.False(session.Core.StoppedAtBreakpoint());
        Assert.Equal(Nowhere, faults.FaultAddress);
        Assert.Contains("data bus error", faults.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WaitHalted_EndlessLoop_EndsAtItsLimit()
    {
        using var session = Open();

        // b .
        LoadAndPoint(session, [0xFE, 0xE7, 0x00, 0xBE]);
        session.Core.Run(maskInterrupts: true);
        Assert.Equal(
            "CORE_NOT_HALTED",
            Assert.Throws<TargetException>(() => session.Core.WaitHalted(TimeSpan.FromMilliseconds(20), CancellationToken.None)).Reason);
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(950)]
    [InlineData(100)]
    public void SetSwdKilohertz_Supported_IsUsed(int kilohertz)
    {
        using var session = Open(new DebugSessionOptions { SwdKilohertz = kilohertz });
        Assert.Equal(kilohertz, session.Probe.SwdKilohertz);
        Assert.Equal(0xC23, session.Identity.CorePart);
    }

    /// <summary>Opens the only probe.</summary>
    protected DebugSession Open() => Open(new DebugSessionOptions());

    /// <summary>Opens the only probe.</summary>
    /// <param name="options">How to connect.</param>
    protected DebugSession Open(DebugSessionOptions options) =>
        DebugSession.Open(Backend.Usb, ProbeSelector.Any, options, Backend.Waiter, CancellationToken.None);

    private static void LoadAndPoint(DebugSession session, byte[] code)
    {
        session.Core.ResetAndHalt();
        session.Memory.Write(Ram, code);
        session.Core.WriteRegister(CoreRegister.Msp, Ram + 0x800);
        session.Core.WriteRegister(CoreRegister.Xpsr, 0x0100_0000);
        session.Core.WriteRegister(CoreRegister.Pc, Ram);
    }
}
