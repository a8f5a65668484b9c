namespace FarmAgent.Simulation.I2c;

/// <summary>Faults on an I2C bus: asked once for each byte when its ninth clock has passed. May pull lines down by itself.</summary>
internal interface II2cDisturbance
{
    /// <summary>What became of the byte.</summary>
    /// <param name="fromHost">True for an address or data byte that a target acknowledges, false for a byte that the host reads.</param>
    I2cByteFault ByteEnded(bool fromHost);
}

/// <summary>What the host's controller sees instead of what was sent.</summary>
internal enum I2cByteFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The acknowledge bit reads 1, whatever the target sent; only for bytes from the host.</summary>
    Nack,

    /// <summary>SDA was low where the controller sent 1: somebody else drives the bus. The controller lets go of it at once.</summary>
    ArbitrationLost,
}
