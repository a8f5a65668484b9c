using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Cpu;
using FarmAgent.Simulation.Proof.Cases;

namespace FarmAgent.Simulation.Proof.Machines;

/// <summary>Runs a batch on the interpreter of the virtual bench.</summary>
internal static class InterpreterMachine
{
    private const long Slice = 1_000_000;
    private const long CyclesPerCase = 10_000;

    public static List<CaseResult> Run(CaseBatch batch)
    {
        var bus = new SystemBus();
        var code = new MemoryRegion("harness", new byte[0x1_0000]);
        Harness.Image().CopyTo(code.Bytes, 0);
        var sram = new MemoryRegion("SRAM", new byte[CaseLayout.SramSize]);
        var memory = batch.ToMemory("-");
        bus.MapMemory(0, code);
        bus.MapMemory(CaseLayout.Sram, sram);
        bus.MapMemory(CaseLayout.Batch, new MemoryRegion("batch", memory));
        var cpu = new CortexM3Cpu(bus, new CortexM3Options { InterruptLines = 32, PriorityBits = 8 });
        cpu.Reset(powerOn: true);
        var left = (batch.Cases.Count + 1) * CyclesPerCase;
        while (sram.Bytes[CaseLayout.Done - CaseLayout.Sram] == 0)
        {
            left -= cpu.Run(Slice);
            // At the end the harness makes calls that only the other machine answers.
            if ((left < 0 || cpu.IsLockedUp) && sram.Bytes[CaseLayout.Done - CaseLayout.Sram] == 0)
            {
                var at = (BitConverter.ToUInt32(sram.Bytes, 8) - CaseLayout.Batch - CaseLayout.ResultsOffset) / CaseLayout.ResultSize;
                throw new InvalidOperationException(
                    $"The interpreter {(cpu.IsLockedUp ? "locked up" : "does not end")} in case {at - 1}: {batch.Cases[(int)at - 1].Name} at 0x{batch.Cases[(int)at - 1].Address:X8}, SP 0x{batch.Cases[(int)at - 1].Registers[13]:X8}.");
            }
        }

        return ResultsOf(memory.AsSpan(CaseLayout.ResultsOffset), batch.Cases.Count);
    }

    /// <summary>Results from the bytes that the harness wrote; the first is that of its own start.</summary>
    public static List<CaseResult> ResultsOf(ReadOnlySpan<byte> bytes, int count)
    {
        var results = new List<CaseResult>(count);
        for (var index = 1; index <= count; index++)
        {
            results.Add(new CaseResult(bytes.Slice(index * CaseLayout.ResultSize, CaseLayout.ResultSize)));
        }

        return results;
    }
}
