namespace FarmAgent.Simulation.Serial;

/// <summary>Faults on one direction of a serial connection: asked once for each frame, at its end.</summary>
internal interface ISerialDisturbance
{
    /// <summary>What arrives of a frame.</summary>
    /// <param name="frame">The frame as it was sent.</param>
    /// <returns>The frame as it arrives.</returns>
    SerialFrame Pass(SerialFrame frame);
}
