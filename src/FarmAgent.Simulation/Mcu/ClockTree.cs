using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Frequencies as RCC has set them, in Hz.</summary>
internal sealed class ClockTree
{
    public const int HsiHertz = 8_000_000;

    public int Sysclk { get; private set; } = HsiHertz;

    public int Hclk { get; private set; } = HsiHertz;

    public int Pclk1 { get; private set; } = HsiHertz;

    public int Pclk2 { get; private set; } = HsiHertz;

    /// <summary>Clock of TIM2 to TIM4: twice PCLK1 unless APB1 runs undivided (RM0008 section 7.2).</summary>
    public int Apb1Timer => Pclk1 == Hclk ? Pclk1 : 2 * Pclk1;

    /// <summary>Clock of TIM1: twice PCLK2 unless APB2 runs undivided.</summary>
    public int Apb2Timer => Pclk2 == Hclk ? Pclk2 : 2 * Pclk2;

    /// <summary>Called before a change, while the old frequencies still count.</summary>
    public Action? Changing { get; set; }

    /// <summary>Called after a change.</summary>
    public Action? Changed { get; set; }

    /// <summary>True in Stop mode: no clock but LSI and LSE runs (RM0008 section 5.3.5).</summary>
    public bool IsStopped { get; private set; }

    public void Stop()
    {
        Changing?.Invoke();
        IsStopped = true;
        Changed?.Invoke();
    }

    public void Start()
    {
        IsStopped = false;
        Changing?.Invoke();
        Changed?.Invoke();
    }

    public void Set(int sysclk, int hclk, int pclk1, int pclk2)
    {
        if ((sysclk, hclk, pclk1, pclk2) == (Sysclk, Hclk, Pclk1, Pclk2))
        {
            return;
        }

        Changing?.Invoke();
        (Sysclk, Hclk, Pclk1, Pclk2) = (sysclk, hclk, pclk1, pclk2);
        Changed?.Invoke();
    }

    /// <summary>Core cycles that cover a duration in picoseconds, at least 1.</summary>
    public long HclkCycles(long picoseconds) => Math.Max(1, (long)Math.Ceiling((double)picoseconds * Hclk / BenchTime.Second));
}
