namespace FarmAgent.Simulation.Gpio;

/// <summary>What one endpoint does to its wire.</summary>
public enum PinDrive
{
    /// <summary>Nothing: high impedance.</summary>
    None,

    /// <summary>A resistor to the supply.</summary>
    PullUp,

    /// <summary>A resistor to ground.</summary>
    PullDown,

    /// <summary>Drives high.</summary>
    High,

    /// <summary>Drives low; also what an open drain does that pulls.</summary>
    Low,
}
