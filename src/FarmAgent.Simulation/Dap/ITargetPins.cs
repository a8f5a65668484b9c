namespace FarmAgent.Simulation.Dap;

/// <summary>What a debug adapter sees of the target besides the two SWD wires.</summary>
internal interface ITargetPins
{
    /// <summary>Supply of the target in volts; 0 when it is off.</summary>
    double SupplyVolts { get; }

    /// <summary>Level of NRST at the target; true is high (running).</summary>
    bool NrstHigh { get; }

    /// <summary>Pulls NRST low or releases it (open drain). Without effect where the wire is not connected.</summary>
    /// <param name="low">True pulls low.</param>
    void DriveNrst(bool low);

    /// <summary>True while SWDIO and SWCLK reach a powered target whose debug port answers.</summary>
    bool SwdConnected { get; }
}
