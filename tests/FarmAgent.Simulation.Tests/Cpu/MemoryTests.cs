using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Tests.Cpu;

/// <summary>How the core meets memories that are not plain: gated, handled, peripheral, bit-banded.</summary>
public sealed class MemoryTests
{
    private readonly CpuRig _rig = new();

    [Fact]
    public void GatedRead_IsRepeatedAfterItsStall()
    {
        _rig.Load(0x6801, 0x2207);
        _rig.Write(CpuRig.Sram, 0x1111_1111);
        _rig[0] = CpuRig.Sram;
        var gate = new StallingGate(_rig.Bus);
        _rig.Ram.Gate = gate;
        _rig.Write(0xE000_EDF0, 0xA05F_0001);
        _rig.Cpu.Run(50);
        Assert.Equal(1, gate.Asked);
        Assert.Equal(CpuRig.CodeStart, _rig.Pc);
        _rig.Write(CpuRig.Sram, 0x2222_2222);
        _rig.Ram.Gate = null;
        _rig.Cpu.Run(60);
        Assert.Equal(0x2222_2222u, _rig[1]);
        Assert.Equal(7u, _rig[2]);
    }

    [Fact]
    public void GatedCode_StallsTheFetch()
    {
        _rig.Load(0xE7FE);
        _rig.Write(0xE000_EDF0, 0xA05F_0001);
        _rig.Cpu.Run(50);
        var gate = new StallingGate(_rig.Bus);
        _rig.Code.Gate = gate;
        _rig.Cpu.Run(250);
        Assert.InRange(gate.Asked, 2, 3);
    }

    [Fact]
    public void GateThatRefuses_IsABusFault()
    {
        _rig.Load(0x6801);
        _rig[0] = CpuRig.Sram;
        _rig.Go();
        _rig.Load(0x6801);
        _rig[0] = CpuRig.Sram + 0x4000;
        _rig.Ram.Gate = new RefusingGate(0x4000);
        _rig.Go();
        Assert.Equal(0x0000_8200u, _rig.Read(0xE000_ED28));
    }

    [Fact]
    public void BitBand_OfSram_IsSeenByTheCore()
    {
        // STR r1,[r0] at the alias of bit 5 of the first word.
        _rig.Load(0x6001);
        _rig.Write(CpuRig.Sram, 0);
        _rig[0] = 0x2200_0000 + (5 * 4);
        _rig[1] = 1;
        _rig.Go();
        Assert.Equal(0x20u, _rig.Read(CpuRig.Sram));
    }

    [Fact]
    public void HandledWrite_GoesToItsHandler_EvenAfterReads()
    {
        var handler = new CountingHandler();
        _rig.Bus.MapMemory(0x0800_0000, new MemoryRegion("flash", new byte[64]) { WriteHandler = handler });
        // LDR r1,[r0]; STRH r1,[r0]; STRH r1,[r0,#2].
        _rig.Load(0x6801, 0x8001, 0x8041);
        _rig[0] = 0x0800_0000;
        _rig.Go();
        Assert.Equal(2, handler.Writes);
    }

    private sealed class StallingGate(SystemBus bus) : IMemoryGate
    {
        public int Asked { get; private set; }

        public BusResponse BeforeRead(uint offset, int width, BusMaster master)
        {
            if (master != BusMaster.Debugger)
            {
                Asked++;
                bus.StallCore(100);
            }

            return BusResponse.Okay;
        }
    }

    private sealed class RefusingGate(uint from) : IMemoryGate
    {
        public BusResponse BeforeRead(uint offset, int width, BusMaster master) =>
            offset >= from && master != BusMaster.Debugger ? BusResponse.Error : BusResponse.Okay;
    }

    private sealed class CountingHandler : IMemoryWriteHandler
    {
        public int Writes { get; private set; }

        public BusResponse Write(uint offset, int width, uint value, BusMaster master)
        {
            Writes++;
            return BusResponse.Okay;
        }
    }
}
