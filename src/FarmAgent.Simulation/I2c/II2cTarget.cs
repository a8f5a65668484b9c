namespace FarmAgent.Simulation.I2c;

/// <summary>
/// A target on the bench's I2C bus, byte by byte as it sees the wires (UM10204 section 3.1). It stretches the clock by pulling its SCL end of
/// the wire low: the controller goes on when SCL is high.
/// </summary>
internal interface II2cTarget
{
    /// <summary>START or repeated START was seen.</summary>
    void Start();

    /// <summary>The address byte and its acknowledge bit have passed.</summary>
    /// <param name="address">7 bits.</param>
    /// <param name="read">True when the controller will read.</param>
    /// <returns>True when the target acknowledged.</returns>
    bool Address(byte address, bool read);

    /// <summary>A data byte from the controller and its acknowledge bit have passed; only for a target that acknowledged its address.</summary>
    /// <returns>True when the target acknowledged.</returns>
    bool WriteByte(byte value);

    /// <summary>The controller begins to clock a byte out of the target.</summary>
    byte BeginRead();

    /// <summary>The byte and the controller's acknowledge bit have passed.</summary>
    /// <param name="acknowledged">False for the controller's NACK, which ends the read.</param>
    void EndRead(bool acknowledged);

    /// <summary>STOP was seen.</summary>
    void Stop();
}
