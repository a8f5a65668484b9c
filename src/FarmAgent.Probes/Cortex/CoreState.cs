namespace FarmAgent.Probes.Cortex;

/// <summary>What the core is doing, from one read of DHCSR.</summary>
/// <param name="IsHalted">Stopped for the debugger.</param>
/// <param name="IsSleeping">In WFI or WFE.</param>
/// <param name="IsLockedUp">Locked up: a fault inside the fault handler, most often an erased flash or a bad vector.</param>
/// <param name="WasReset">Reset since the last look; reading clears it.</param>
/// <param name="DebugEnabled">Halting debug is enabled.</param>
public readonly record struct CoreState(bool IsHalted, bool IsSleeping, bool IsLockedUp, bool WasReset, bool DebugEnabled)
{
    /// <summary>The state in one word: locked up, halted, sleeping or running.</summary>
    public override string ToString() => IsLockedUp ? "locked up" : IsHalted ? "halted" : IsSleeping ? "sleeping" : "running";

    internal static CoreState Decode(uint value)
    {
        var bits = (HaltingControl)value;
        return new CoreState(
            bits.HasFlag(HaltingControl.Halted),
            bits.HasFlag(HaltingControl.Sleeping),
            bits.HasFlag(HaltingControl.LockedUp),
            bits.HasFlag(HaltingControl.WasReset),
            bits.HasFlag(HaltingControl.DebugEnable));
    }
}
