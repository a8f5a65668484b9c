namespace FarmAgent.Simulation.Dap;

/// <summary>Acknowledge of one SWD transfer (ADIv5, section B4.2.3).</summary>
internal enum DapAck
{
    /// <summary>OK.</summary>
    Okay,

    /// <summary>WAIT: the access port is still busy; the transfer did not happen.</summary>
    Wait,

    /// <summary>FAULT: a sticky flag is set; the transfer did not happen.</summary>
    Fault,

    /// <summary>OK, but the data that came from the target has a wrong parity bit.</summary>
    Parity,

    /// <summary>The line stays high: no power, no connection, or not in SWD mode.</summary>
    Nothing,
}
