namespace FarmAgent.Simulation.Bus;

/// <summary>The interrupt inputs of the NVIC as peripherals see them. Lines are level-sensitive: a peripheral keeps its line up while its condition holds.</summary>
internal interface IInterruptLines
{
    /// <summary>Sets the level of one input.</summary>
    /// <param name="number">Position in the vector table after the system exceptions, for example 37 for USART1 (RM0008 table 63).</param>
    /// <param name="active">True while the peripheral asks for service.</param>
    void SetLevel(int number, bool active);
}
