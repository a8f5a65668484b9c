namespace FarmAgent.Simulation.Dap;

/// <summary>Faults on the two SWD wires: asked once for each transfer that the target would answer.</summary>
internal interface ISwdDisturbance
{
    /// <summary>What becomes of the next transfer.</summary>
    /// <param name="accessPort">True for a transfer to an access port, false for one to the debug port.</param>
    /// <param name="read">True when the data phase comes from the target.</param>
    /// <returns>
    /// Null where nothing happens. <see cref="DapAck.Wait"/> instead of an answer: the transfer does not take place.
    /// <see cref="DapAck.Parity"/>, for reads only: it takes place, and its data arrives with a wrong parity bit.
    /// </returns>
    DapAck? Next(bool accessPort, bool read);
}
