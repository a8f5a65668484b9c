using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Checks;

/// <summary>Checks I2C buses: at rest both lines are high and a transfer gets through; with one line held low by the chip, the host notices and nothing else follows.</summary>
internal sealed class BusChecks(WireBench bench, List<CheckStep> steps)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var bus in bench.Wires.Buses)
        {
            await CheckAsync(bus, cancellationToken);
        }
    }

    private async Task CheckAsync(CheckedBus bus, CancellationToken cancellationToken)
    {
        var idle = await bench.ApplyAsync(bench.Wires.AtRest(PinSetting.PullUp), cancellationToken);
        var (lines, status) = await bench.AskBusAsync(bus.Bus, cancellationToken);
        var isAlive = status == I2cTransferStatus.AddressNack;
        if (Stuck(bus, "SCL", bus.Scl, idle, lines.Scl, lines.Sda != false && isAlive) is { } scl)
        {
            steps.Add(scl);
            return;
        }

        if (Stuck(bus, "SDA", bus.Sda, idle, lines.Sda, isAlive) is { } sda)
        {
            steps.Add(sda);
            return;
        }

        steps.Add(await HoldAsync(bus, "SCL", bus.Scl, cancellationToken));
        steps.Add(await HoldAsync(bus, "SDA", bus.Sda, cancellationToken));
    }

    private CheckStep? Stuck(CheckedBus bus, string name, DutPin pin, Dictionary<DutPin, bool> idle, bool? host, bool isAlive)
    {
        var subject = bench.Wires.NameOf(pin);
        if (host == false)
        {
            return Failed(subject, "I2C_BUS_STUCK", $"{name} is low at the host although the chip lets go of it. Look for a short circuit to ground, for another device that holds it, and for its pull-up.");
        }

        if (!idle[pin])
        {
            return isAlive
                ? Failed(subject, "WIRE_OPEN", $"{name} is high at the host and low at {pin}: nothing pulls the chip's end up. The wire is open: check it from {bus.Bus.Description.Name} of the host to {pin}.")
                : Failed(subject, "I2C_BUS_STUCK", $"{name} is low at {pin} although the chip lets go of it. Look for a short circuit to ground, for another device that holds it, and for its pull-up.");
        }

        return null;
    }

    private async Task<CheckStep> HoldAsync(CheckedBus bus, string name, DutPin pin, CancellationToken cancellationToken)
    {
        var subject = bench.Wires.NameOf(pin);
        var settings = bench.Wires.AtRest(PinSetting.PullUp);
        settings[pin] = PinSetting.HoldLow;
        var pins = await bench.ApplyAsync(settings, cancellationToken);
        var (lines, held) = await bench.AskBusAsync(bus.Bus, cancellationToken);
        await bench.ApplyAsync(bench.Wires.AtRest(PinSetting.PullUp), cancellationToken);
        var (_, released) = await bench.AskBusAsync(bus.Bus, cancellationToken);
        if (pins[pin])
        {
            return Failed(subject, "WIRE_STUCK", $"The chip holds {pin} low and it stays high. Look for a short circuit of {name} to the supply.");
        }

        var others = pins.Where(p => p.Key != pin && !p.Value).Select(p => p.Key).ToList();
        if (others.Count > 0)
        {
            return Failed(subject, "WIRES_BRIDGED", $"{string.Join(" and ", others.Select(bench.Wires.NameOf))} {(others.Count == 1 ? "follows" : "follow")} it. Look for a bridge between {pin} and {string.Join(", ", others)}.");
        }

        var seen = name == "SCL" ? lines.Scl : lines.Sda;
        if (seen == true || (seen is null && held == I2cTransferStatus.AddressNack))
        {
            return Failed(subject, "WIRE_OPEN", $"The chip holds {pin} low, and the host's {name} stays high. The wire is open: check it from {bus.Bus.Description.Name} of the host to {pin}.");
        }

        return released == I2cTransferStatus.AddressNack
            ? new CheckStep(subject, CheckOutcome.Passed, "", "high at rest, low when the chip holds it, and no other wire follows")
            : Failed(subject, "I2C_BUS_STUCK", $"After the chip let go of {name}, the bus did not come back ({released}). Look for a missing or too weak pull-up, and for another device that holds the bus.");
    }

    private static CheckStep Failed(string subject, string reason, string text) => new(subject, CheckOutcome.Failed, reason, text);
}
