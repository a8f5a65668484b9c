namespace FarmAgent.Simulation.Mcu;

/// <summary>Reset flags of RCC_CSR (RM0008 section 7.3.10).</summary>
[Flags]
internal enum ResetCause : uint
{
    None = 0,
    Pin = 1 << 26,
    PowerOn = 1 << 27,
    Software = 1 << 28,
    IndependentWatchdog = 1 << 29,
    WindowWatchdog = 1 << 30,
    All = 0xFC00_0000,
}
