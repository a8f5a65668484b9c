using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Probes.Gdb;

/// <summary>A register as gdb knows it: its place in this list is its number in packets.</summary>
/// <param name="Name">Name, as gdb's M-profile and M-system features want it.</param>
/// <param name="Bits">8 or 32.</param>
/// <param name="Type">Type in gdb's words.</param>
/// <param name="Core">Where it is in the core.</param>
/// <param name="Shift">First bit of it there.</param>
internal sealed record GdbRegister(string Name, int Bits, string Type, CoreRegister Core, int Shift = 0)
{
    /// <summary>How many of the first registers the packets g and G carry; the others are asked for one by one.</summary>
    public const int GeneralCount = 17;

    /// <summary>Number of the program counter.</summary>
    public const int ProgramCounter = 15;

    /// <summary>All registers.</summary>
    public static readonly IReadOnlyList<GdbRegister> All =
    [
        .. Enumerable.Range(0, 13).Select(n => new GdbRegister(string.Create(CultureInfo.InvariantCulture, $"r{n}"), 32, "int", (CoreRegister)n)),
        new("sp", 32, "data_ptr", CoreRegister.Sp),
        new("lr", 32, "int", CoreRegister.Lr),
        new("pc", 32, "code_ptr", CoreRegister.Pc),
        new("xpsr", 32, "int", CoreRegister.Xpsr),
        new("msp", 32, "data_ptr", CoreRegister.Msp),
        new("psp", 32, "data_ptr", CoreRegister.Psp),
        new("primask", 8, "uint8", CoreRegister.Special, 0),
        new("basepri", 8, "uint8", CoreRegister.Special, 8),
        new("faultmask", 8, "uint8", CoreRegister.Special, 16),
        new("control", 8, "uint8", CoreRegister.Special, 24),
    ];

    /// <summary>The target description as gdb reads it (gdb manual, "ARM Features").</summary>
    public static string Describe()
    {
        var xml = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n<target version=\"1.0\">\n  <architecture>arm</architecture>\n");
        Describe(xml, "org.gnu.gdb.arm.m-profile", "general", All.Take(GeneralCount));
        Describe(xml, "org.gnu.gdb.arm.m-system", "system", All.Skip(GeneralCount));
        return xml.Append("</target>\n").ToString();
    }

    /// <summary>Reads it as hex in memory order.</summary>
    public string Read(CortexMCore core)
    {
        var value = core.ReadRegister(Core) >> Shift;
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return GdbHex.Of(bytes[..(Bits / 8)]);
    }

    /// <summary>Writes it.</summary>
    /// <param name="core">The halted core.</param>
    /// <param name="bytes">Its value in memory order, <see cref="Bits"/> long.</param>
    public void Write(CortexMCore core, ReadOnlySpan<byte> bytes)
    {
        if (Bits == 8)
        {
            var others = core.ReadRegister(Core) & ~(0xFFu << Shift);
            core.WriteRegister(Core, others | ((uint)bytes[0] << Shift));
            return;
        }

        var value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        core.WriteRegister(Core, Core == CoreRegister.Pc ? value & ~1u : value);
    }

    private static void Describe(StringBuilder xml, string feature, string group, IEnumerable<GdbRegister> registers)
    {
        xml.Append(CultureInfo.InvariantCulture, $"  <feature name=\"{feature}\">\n");
        foreach (var register in registers)
        {
            xml.Append(CultureInfo.InvariantCulture, $"    <reg name=\"{register.Name}\" bitsize=\"{register.Bits}\" type=\"{register.Type}\" group=\"{group}\"/>\n");
        }

        xml.Append("  </feature>\n");
    }
}
