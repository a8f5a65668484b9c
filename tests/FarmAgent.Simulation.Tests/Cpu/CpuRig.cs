using System.Buffers.Binary;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Cpu;

namespace FarmAgent.Simulation.Tests.Cpu;

/// <summary>A core with 64 KiB of memory at 0 (vectors, code) and 64 KiB of SRAM, driven by hand.</summary>
internal sealed class CpuRig
{
    public const uint CodeStart = 0x400;
    public const uint Sram = 0x2000_0000;
    public const uint StackTop = Sram + 0x8000;
    public const uint HandlerArea = 0x1000;
    private const uint Dhcsr = 0xE000_EDF0;

    public CpuRig()
    {
        Bus.MapMemory(0, Code);
        Bus.MapMemory(Sram, Ram);
        Cpu = new CortexM3Cpu(Bus);
        Word(0, StackTop);
        Word(4, CodeStart | 1);
        // Every exception has a handler of its own that only stops: BKPT at a known address.
        for (var exception = 2u; exception < 64; exception++)
        {
            Word(exception * 4, (HandlerArea + (exception * 0x20)) | 1);
            Halves(HandlerArea + (exception * 0x20), 0xBE00);
        }
    }

    public SystemBus Bus { get; } = new();

    public MemoryRegion Code { get; } = new("code", new byte[0x1_0000]);

    public MemoryRegion Ram { get; } = new("SRAM", new byte[0x1_0000]);

    public CortexM3Cpu Cpu { get; }

    /// <summary>Puts instructions at the start address, ends them with BKPT, and resets with halting debug on.</summary>
    public CpuRig Load(params ushort[] code)
    {
        Halves(CodeStart, [.. code, 0xBE00]);
        Cpu.Reset(powerOn: true);
        Write(Dhcsr, 0xA05F_0003);
        return this;
    }

    /// <summary>Leaves the halt and runs until the core halts again or the budget is spent.</summary>
    public CpuRig Go(long cycles = 10_000)
    {
        Write(Dhcsr, 0xA05F_0001);
        var left = cycles;
        while (left > 0 && !Cpu.IsHalted && !Cpu.IsLockedUp)
        {
            left -= Cpu.Run(left);
        }

        return this;
    }

    /// <summary>Steps until the next instruction is at an address.</summary>
    public void StepUntil(uint address)
    {
        for (var steps = 0; Pc != address; steps++)
        {
            Assert.True(steps < 100, $"0x{address:X8} is not reached, the core is at 0x{Pc:X8}");
            Step();
        }
    }

    public void Step() => StepWith(0xA05F_0005);

    public void StepWith(uint dhcsr)
    {
        Write(Dhcsr, dhcsr);
        Cpu.Run(100);
    }

    public uint this[int register]
    {
        get
        {
            Write(0xE000_EDF4, (uint)register);
            return Read(0xE000_EDF8);
        }

        set
        {
            Write(0xE000_EDF8, value);
            Write(0xE000_EDF4, (uint)register | 0x1_0000);
        }
    }

    public uint Pc => this[15];

    /// <summary>N, Z, C, V as a text such as <c>nZCv</c>.</summary>
    public string Flags
    {
        get
        {
            var status = this[16];
            return string.Concat("NZCV".Select((c, i) => (status & (1u << (31 - i))) != 0 ? c : char.ToLowerInvariant(c)));
        }
    }

    public uint HandlerOf(int exception) => HandlerArea + ((uint)exception * 0x20);

    public uint Read(uint address)
    {
        Assert.Equal(BusResponse.Okay, Bus.Read(address, 4, BusMaster.Debugger, out var value));
        return value;
    }

    public void Write(uint address, uint value) => Assert.Equal(BusResponse.Okay, Bus.Write(address, 4, value, BusMaster.Debugger));

    public void Word(uint address, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Code.Bytes.AsSpan((int)address), value);
        Code.NoteChanged(address, 4);
    }

    public void Halves(uint address, params ushort[] code)
    {
        for (var index = 0; index < code.Length; index++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Code.Bytes.AsSpan((int)address + (index * 2)), code[index]);
        }

        Code.NoteChanged(address, (uint)code.Length * 2);
    }
}
