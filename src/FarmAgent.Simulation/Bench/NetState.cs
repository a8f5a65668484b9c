using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Simulation.Bench;

/// <summary>A net at one moment.</summary>
/// <param name="Name">Name in the bench file.</param>
/// <param name="Level">Level of its joined part; true is high.</param>
/// <param name="Endpoints">Everything soldered to it.</param>
public sealed record NetState(string Name, bool Level, IReadOnlyList<NetEndpointState> Endpoints);

/// <summary>One end of a net at one moment.</summary>
/// <param name="Name">Owner and pin: <c>dut:PA0</c>, <c>host:PG11</c>, <c>board:pull</c>, <c>bench</c> for what clients of the bench drive.</param>
/// <param name="IsConnected">False while the wire is cut here.</param>
/// <param name="Drive">What it drives: high, low or nothing.</param>
/// <param name="Pull">Its resistor.</param>
/// <param name="Level">Level as this end sees it; true is high.</param>
public sealed record NetEndpointState(string Name, bool IsConnected, PinDrive Drive, PinDrive Pull, bool Level);
