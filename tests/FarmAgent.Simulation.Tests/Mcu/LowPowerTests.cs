using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Tests.Mcu;

/// <summary>Stop and Standby as firmware and a debugger meet them (RM0008 sections 5.3 and 31.16.1).</summary>
public sealed class LowPowerTests
{
    // A wait of 100 us; ldr r0, =SCR; movs r1, #4; str r1, [r0] (SLEEPDEEP); wfi; b .
    private const string SleepCode = "c822013afdd102480421016030bffee710ed00e0";

    [Fact]
    public void Stop_WithoutDbgStop_ShutsTheDebuggerOutUntilAReset()
    {
        using var dut = new SleepingChip(debugControl: 0);
        var asleep = dut.TryRead();
        dut.Chip.PulseReset(() => Assert.Equal(BusResponse.Okay, dut.TryRead()));
        Assert.Equal(BusResponse.Error, asleep);
    }

    [Fact]
    public void Stop_WithDbgStop_LeavesTheDebuggerIn()
    {
        using var dut = new SleepingChip(debugControl: 2);
        Assert.Equal((BusResponse.Okay, true), (dut.TryRead(), dut.Chip.Chip.Cpu.IsSleeping));
    }

    [Fact]
    public void Stop_HaltedByTheDebugger_Ends()
    {
        using var dut = new SleepingChip(debugControl: 2);
        dut.Chip.Write(0xE000_EDF0, 0xA05F_0003);
        dut.Chip.AdvanceMicroseconds(10);
        Assert.True(dut.Chip.Chip.Cpu.IsHalted);
    }

    [Fact]
    public void Standby_LosesSramAndEndsByNrst()
    {
        using var dut = new SleepingChip(debugControl: 0, powerControl: 2);
        var asleep = dut.TryRead();
        var lost = dut.Chip.Chip.Bus.Find(0x2000_0000)!.Memory!.Bytes[0x100] != 0xA5;
        dut.Chip.PulseReset();
        dut.Chip.AdvanceMicroseconds(1);
        Assert.Equal((BusResponse.Error, true), (asleep, lost));
    }

    /// <summary>A chip whose firmware has gone to deep sleep.</summary>
    private sealed class SleepingChip : IDisposable
    {
        private readonly CoreProgram _program = new(SleepCode, at: 0x100);

        public SleepingChip(uint debugControl, uint powerControl = 0)
        {
            Chip.PulseReset(() =>
            {
                Chip.Write(0xE004_2004, debugControl);
                Chip.Write(0x2000_0100, 0xA5, 1);
            });
            if (powerControl != 0)
            {
                Chip.Write(0x4002_101C, 1 << 28);
                Chip.Write(0x4000_7000, powerControl);
            }

            Chip.AdvanceMicroseconds(300);
        }

        public ChipBench Chip => _program.Flash.Chip;

        public BusResponse TryRead() => Chip.TryRead(0x2000_0000);

        public void Dispose() => _program.Dispose();
    }
}
