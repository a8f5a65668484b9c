using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Simulation.I2c;

/// <summary>Where a target touches the bus. With an end cut it sees neither START nor clock, so it takes no part.</summary>
internal sealed record I2cAttachment(II2cTarget Target, WireEndpoint Sda, WireEndpoint Scl)
{
    public bool IsReachable => Sda.IsConnected && Scl.IsConnected;
}
