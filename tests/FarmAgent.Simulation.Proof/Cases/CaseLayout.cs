namespace FarmAgent.Simulation.Proof.Cases;

/// <summary>Where things are in the memory of both machines; <c>harness/harness.S</c> has the same numbers.</summary>
internal static class CaseLayout
{
    /// <summary>SRAM, 4 MiB, with the harness's variables, the scratch area and the process stack in it.</summary>
    public const uint Sram = 0x2000_0000;
    public const int SramSize = 0x40_0000;
    public const uint Done = Sram + 12;

    /// <summary>Memory that loads and stores work on; each case finds the same content and leaves a digest.</summary>
    public const uint Scratch = 0x2001_0000;
    public const int ScratchSize = 0x200;
    public const uint StackPointer = Scratch + 0x180;

    /// <summary>The batch, 16 MiB: header, scratch template, cases, results, and code in a sea of SVC.</summary>
    public const uint Batch = 0x2100_0000;
    public const int BatchSize = 0x100_0000;
    public const int OpenBlock = 16;
    public const int WriteBlock = 32;
    public const int PathOffset = 64;
    public const int TemplateOffset = 0x800;
    public const int CasesOffset = 0x10_0000;
    public const int ResultsOffset = 0x30_0000;
    public const int SeaOffset = 0x50_0000;
    public const int CodeOffset = 0x60_0000;
    public const int CodeEnd = 0x70_0000;
    public const int MostCases = 8192;
    public const int CaseSize = 104;
    public const int ResultSize = 128;
    public const int ResultWords = 29;
}
