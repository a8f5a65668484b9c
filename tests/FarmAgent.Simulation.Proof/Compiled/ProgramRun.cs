using System.Text;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Cpu;

namespace FarmAgent.Simulation.Proof.Compiled;

/// <summary>A compiled program on the interpreter, with a debugger that serves their semihosting calls.</summary>
internal sealed class ProgramRun
{
    private const uint ControlAndStatus = 0xE000_EDF0;
    private const uint RegisterSelector = 0xE000_EDF4;
    private const uint RegisterData = 0xE000_EDF8;
    private const uint WriteText = 0x04;
    private readonly SystemBus _bus = new();
    private readonly CortexM3Cpu _cpu;
    private readonly StringBuilder _output = new();
    private bool _ended;

    /// <summary>Loads the image; the core is halted before its first instruction.</summary>
    /// <param name="image">An image for address 0 that reports by semihosting calls.</param>
    public ProgramRun(byte[] image)
    {
        var code = new MemoryRegion("code", new byte[0x1_0000]);
        image.CopyTo(code.Bytes, 0);
        _bus.MapMemory(0, code);
        _bus.MapMemory(0x2000_0000, new MemoryRegion("SRAM", new byte[0x1_0000]));
        _cpu = new CortexM3Cpu(_bus, new CortexM3Options { InterruptLines = 32, PriorityBits = 8 });
        _cpu.Reset(powerOn: true);
        Write(ControlAndStatus, 0xA05F_0003);
    }

    /// <summary>What the programs reported.</summary>
    public string Output => _output.ToString();

    /// <summary>Runs to the end.</summary>
    public void ToEnd()
    {
        while (!_ended)
        {
            Write(ControlAndStatus, 0xA05F_0001);
            while (!_cpu.IsHalted)
            {
                _cpu.Run(1_000_000_000);
            }

            ServeCall();
        }
    }

    /// <summary>Runs to the end in single steps.</summary>
    /// <returns>Instructions executed, the calls included.</returns>
    public long CountToEnd()
    {
        var count = 0L;
        while (!_ended)
        {
            // A step onto BKPT halts there without passing it.
            var before = ReadRegister(15);
            Write(ControlAndStatus, 0xA05F_0005);
            _cpu.Run(100);
            count++;
            if (ReadRegister(15) == before && Half(before) == 0xBEAB)
            {
                ServeCall();
            }
        }

        return count;
    }

    private void ServeCall()
    {
        if (ReadRegister(0) == WriteText)
        {
            for (var address = ReadRegister(1); Byte(address) is var character and not 0; address++)
            {
                _output.Append((char)character);
            }
        }
        else
        {
            _ended = true;
        }

        WriteRegister(15, ReadRegister(15) + 2);
    }

    private byte Byte(uint address)
    {
        _bus.Read(address, 1, BusMaster.Debugger, out var value);
        return (byte)value;
    }

    private uint Half(uint address)
    {
        _bus.Read(address, 2, BusMaster.Debugger, out var value);
        return value;
    }

    private uint ReadRegister(uint number)
    {
        Write(RegisterSelector, number);
        _bus.Read(RegisterData, 4, BusMaster.Debugger, out var value);
        return value;
    }

    private void WriteRegister(uint number, uint value)
    {
        Write(RegisterData, value);
        Write(RegisterSelector, number | 0x1_0000);
    }

    private void Write(uint address, uint value) => _bus.Write(address, 4, value, BusMaster.Debugger);
}
