namespace FarmAgent.Simulation.I2c;

/// <summary>A bus as a second master on it meets it: it waits until the bus is free, takes it, speaks to the targets and lets it go.</summary>
internal interface II2cSegment
{
    /// <summary>True while nobody transfers.</summary>
    bool IsFree { get; }

    /// <summary>Everything that listens, the chip under test itself included.</summary>
    IReadOnlyList<I2cAttachment> Targets { get; }

    /// <summary>Takes the bus: the host's controller waits from now on.</summary>
    void Take();

    /// <summary>Lets the bus go, after a STOP or a reset.</summary>
    void Release();
}
