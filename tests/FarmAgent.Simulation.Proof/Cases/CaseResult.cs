using System.Globalization;
using System.Text;

namespace FarmAgent.Simulation.Proof.Cases;

/// <summary>What the exception that ended a case found.</summary>
internal sealed class CaseResult
{
    private static readonly string[] Names =
    [
        "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R0", "R1", "R2", "R3", "R12", "LR", "PC", "xPSR",
        "SP", "IPSR", "CFSR", "HFSR", "MMFAR", "BFAR", "EXC_RETURN", "CONTROL", "PRIMASK", "FAULTMASK", "BASEPRI", "MSP", "memory",
    ];

    private const int MemoryManageAddress = 20;
    private const int BusFaultAddress = 21;
    private readonly uint[] _words = new uint[CaseLayout.ResultWords];

    public CaseResult(ReadOnlySpan<byte> record)
    {
        for (var index = 0; index < _words.Length; index++)
        {
            _words[index] = BitConverter.ToUInt32(record[(index * 4)..]);
        }

        // Without its valid bit an address register is UNKNOWN (sections B3.2.17 and B3.2.18).
        _words[MemoryManageAddress] = (FaultStatus & 0x80) != 0 ? _words[MemoryManageAddress] : 0;
        _words[BusFaultAddress] = (FaultStatus & 0x8000) != 0 ? _words[BusFaultAddress] : 0;
    }

    public uint ProgramCounter => _words[14];

    public uint Status => _words[15];

    public uint Exception => _words[17];

    public uint FaultStatus => _words[18];

    public uint HardFaultStatus => _words[19];

    /// <summary>Names of what differs.</summary>
    public IReadOnlyList<string> Differences(CaseResult other) =>
        [.. Enumerable.Range(0, _words.Length).Where(index => _words[index] != other._words[index]).Select(index => Names[index])];

    public uint this[string name] => _words[Array.IndexOf(Names, name)];

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var index = 0; index < _words.Length; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Names[index]}={_words[index]:X8} ");
        }

        return text.ToString();
    }
}
