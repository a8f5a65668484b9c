using FarmAgent.Simulation.Dap;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Mcu;

namespace FarmAgent.Simulation.Bench;

/// <summary>The probe's cable: supply sense, NRST and the two SWD wires.</summary>
internal sealed class TargetPins(Func<Stm32F103> chip, Func<double> senseVolts, WireEndpoint nrst, IReadOnlyList<WireEndpoint> swdEnds) : ITargetPins
{
    /// <inheritdoc/>
    public double SupplyVolts => senseVolts();

    /// <inheritdoc/>
    public bool NrstHigh => chip().NrstHigh;

    /// <inheritdoc/>
    public bool SwdConnected => chip().IsPowered && chip().HasDebugPins && swdEnds.All(e => e.IsConnected && e.Wire is { Short: null, IsBridged: false });

    /// <inheritdoc/>
    public void DriveNrst(bool low) => nrst.Drive = low ? PinDrive.Low : PinDrive.None;
}
