using FarmAgent.Simulation.Proof.Cases;

namespace FarmAgent.Simulation.Proof.Comparing;

/// <summary>
/// Differences that the manual explains. Each has a paragraph of the same name in <c>CpuDifferences.md</c>, and covers no more than what it
/// names: any other register that differs makes the case an unexplained one.
/// </summary>
internal static class Explanations
{
    private const uint Forced = 1u << 30;
    private const uint DebugEvent = 1u << 31;
    private const uint InvalidState = 1u << 17;
    private const uint Unaligned = 1u << 24;
    private const uint Undefined = 1u << 16;
    private const uint ThumbState = 1u << 24;
    private const uint BlockBits = 0x0600_FC00;

    private static readonly string[] Everything =
    [
        "R0", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "LR", "PC", "xPSR", "SP", "IPSR", "CFSR", "HFSR", "BFAR", "memory",
    ];

    private static readonly (string Name, Func<CpuCase, CaseResult, CaseResult, bool> Applies, string[] Registers)[] All =
    [
        ("SVC that escalates",
            (_, ours, theirs) => ours.Exception == 3 && ours.FaultStatus == 0 && ours.HardFaultStatus == Forced
                && theirs.ProgramCounter == ours.ProgramCounter + 2 && ((ours.Status ^ theirs.Status) & ~BlockBits) == 0,
            ["PC", "xPSR", "memory"]),
        ("BKPT without a debugger", (_, ours, theirs) => ours.HardFaultStatus == DebugEvent && theirs.HardFaultStatus == Forced, ["HFSR"]),
        ("Not in Thumb state",
            (_, ours, theirs) => ours.FaultStatus == InvalidState && theirs.FaultStatus == Unaligned && (ours.ProgramCounter & 2) != 0
                && (ours.Status & ThumbState) == 0,
            ["CFSR"]),
        ("BFAR of an unaligned access", (_, ours, theirs) => IsPartOf(ours["BFAR"], theirs["BFAR"]), ["BFAR"]),
        ("SETEND",
            (test, ours, theirs) => (test.Code[0] & 0xFFF7) == 0xB650 && ours.FaultStatus == Undefined && theirs.Exception == 11,
            ["PC", "IPSR", "CFSR", "HFSR", "memory"]),
        ("STREX to an unaligned address",
            (test, ours, theirs) => StoresExclusive(test) && ours.FaultStatus == Unaligned && theirs.FaultStatus == 0,
            Everything),
    ];

    /// <summary>Names of the explanations.</summary>
    public static IEnumerable<string> Names => All.Select(explanation => explanation.Name);

    /// <summary>The name of the explanation that covers all of the differences; null if none does.</summary>
    public static string? Find(CpuCase test, CaseResult ours, CaseResult theirs, IReadOnlyList<string> differences)
    {
        foreach (var (name, applies, registers) in All)
        {
            if (differences.All(difference => registers.Contains(difference, StringComparer.Ordinal)) && applies(test, ours, theirs))
            {
                return name;
            }
        }

        return null;
    }

    private static bool IsPartOf(uint requested, uint part) => (requested & 3) != 0 && part + 3 - requested <= 7;

    private static bool StoresExclusive(CpuCase test) =>
        test.Code.Any(half => (half & 0xFFF0) is 0xE840 or 0xE8C0);
}
