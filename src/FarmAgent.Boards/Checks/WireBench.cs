using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.I2c;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Boards.Checks;

/// <summary>Both ends of the wires of a board whose core is halted.</summary>
internal sealed class WireBench(BoardSession session, LeaseToken token, CheckedWires wires, TimeSpan limit)
{
    private static readonly TimeSpan TransferLimit = TimeSpan.FromMilliseconds(100);

    public CheckedWires Wires { get; } = wires;

    /// <summary>Sets the chip's pins up and reads them.</summary>
    public Task<Dictionary<DutPin, bool>> ApplyAsync(IReadOnlyDictionary<DutPin, PinSetting> settings, CancellationToken cancellationToken)
    {
        var probe = session.GetProbe();
        return probe.RunAsync(
            token,
            "drive the wires",
            probe.LookOnly with { End = SessionEnd.Halted },
            (debug, _) => new Stm32F1Pins(debug.Memory).Apply(settings),
            limit,
            cancellationToken);
    }

    public bool ReadHost(BoardGpioLine line) => line.Read(token).High;

    /// <summary>Makes a host line an input that leaves the level to the chip's end.</summary>
    public void ListenOnHost(BoardGpioLine line) => line.ConfigureInput(token, GpioBias.Disabled);

    public void DriveHost(BoardGpioLine line, bool high) => line.ConfigureOutput(token, high);

    /// <summary>Levels of a bus as the adapter sees them, and how a transfer to an address that nobody has ends.</summary>
    public Task<(I2cLineLevels Lines, I2cTransferStatus Status)> AskBusAsync(BoardI2cBus bus, CancellationToken cancellationToken)
    {
        var free = Enumerable.Range(0x08, 0x70).Reverse().Select(a => new I2cAddress((byte)a)).First(a => bus.Description.Devices.All(d => d.Address != a));
        return bus.RunAsync(token, "ask the bus", (b, _) => (b.ReadLines(), Ask(b, free)), limit, cancellationToken);
    }

    private static I2cTransferStatus Ask(II2cBus bus, I2cAddress address)
    {
        try
        {
            return bus.Transfer(address, [], [], TransferLimit).Status;
        }
        catch (RequestException)
        {
            // An adapter that speaks SMBus only sends no bare address.
            return bus.Transfer(address, [], new byte[1], TransferLimit).Status;
        }
    }
}
