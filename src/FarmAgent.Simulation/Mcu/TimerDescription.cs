namespace FarmAgent.Simulation.Mcu;

/// <summary>What tells one timer of the chip from another.</summary>
/// <param name="Name">TIM1 to TIM4.</param>
/// <param name="IsAdvanced">True for TIM1: repetition counter, main output enable, four interrupts.</param>
/// <param name="UpdateInterrupt">Number of the update interrupt.</param>
/// <param name="TriggerInterrupt">Number of the trigger and commutation interrupt.</param>
/// <param name="CompareInterrupt">Number of the capture/compare interrupt; general-purpose timers have one number for all.</param>
internal sealed record TimerDescription(string Name, bool IsAdvanced, int UpdateInterrupt, int TriggerInterrupt, int CompareInterrupt)
{
    public static TimerDescription Advanced { get; } = new("TIM1", true, 25, 26, 27);

    public static TimerDescription GeneralPurpose(string name, int interrupt) => new(name, false, interrupt, interrupt, interrupt);
}
