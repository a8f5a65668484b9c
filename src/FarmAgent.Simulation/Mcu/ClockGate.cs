using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>One bit of RCC's enable and reset registers, as the peripheral behind it feels them.</summary>
internal sealed class ClockGate(Register enable, Register? reset, int bit, ClockTree clocks)
{
    /// <summary>True while the peripheral has its clock and is not held in reset: only then its registers answer.</summary>
    public bool IsRunning => enable.Has(1u << bit) && reset?.Has(1u << bit) != true && !clocks.IsStopped;
}
