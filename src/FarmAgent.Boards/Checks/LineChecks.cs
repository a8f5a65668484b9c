using FarmAgent.Boards.Inventory;

namespace FarmAgent.Boards.Checks;

/// <summary>Checks host lines one after the other, with all other pins as witnesses.</summary>
internal sealed class LineChecks(WireBench bench, List<CheckStep> steps)
{

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var line in bench.Wires.Lines.Where(l => l.Line.Description.Use != GpioLineUse.OutputOnly))
        {
            bench.ListenOnHost(line.Line);
        }

        foreach (var line in bench.Wires.Lines)
        {
            steps.Add(await CheckAsync(line, cancellationToken));
        }
    }

    private async Task<CheckStep> CheckAsync(CheckedLine line, CancellationToken cancellationToken)
    {
        var isDriven = line.Line.Description.Use == GpioLineUse.OutputOnly;
        var (lowPins, lowHost) = await TryAsync(line, high: false, isDriven, cancellationToken);
        var (highPins, highHost) = await TryAsync(line, high: true, isDriven, cancellationToken);
        var (lowChip, highChip) = (lowPins[line.Pin], highPins[line.Pin]);
        if (lowChip == highChip && !isDriven)
        {
            return Failed(line, "WIRE_STUCK", $"The chip drives {line.Pin} both ways and it stays {Level(lowChip)}. Look for a short circuit of this wire to {(lowChip ? "the supply" : "ground")}, or for what drives it so hard.");
        }

        var others = highPins.Keys.Where(p => p != line.Pin && highPins[p] && !lowPins[p]).ToList();
        if (others.Count > 0)
        {
            return Bridged(line, others);
        }

        if ((lowHost, highHost) is not (false, true))
        {
            return Failed(line, "WIRE_OPEN", $"The {(isDriven ? "host" : "chip")} drives it low and high, and the other end reads {Level(lowHost)} and {Level(highHost)}. The wire is open: check it from {line.Line.Description.Name} of the host to {line.Pin} of the chip.");
        }

        return line.Line.Description.Use == GpioLineUse.Both ? await CheckHostAsync(line, cancellationToken) : Passed(line);
    }

    /// <summary>The other way round: the host drives, against the chip's own pull.</summary>
    private async Task<CheckStep> CheckHostAsync(CheckedLine line, CancellationToken cancellationToken)
    {
        var (_, low) = await TryAsync(line, high: false, isDriven: true, cancellationToken);
        var (_, high) = await TryAsync(line, high: true, isDriven: true, cancellationToken);
        bench.ListenOnHost(line.Line);
        return (low, high) is (false, true)
            ? Passed(line)
            : Failed(line, "WIRE_HOST_END", $"The host reads the wire, but when it drives low and high, the chip reads {Level(low)} and {Level(high)}. The host's output {line.Line.Description.Name} is damaged, or a resistor in the wire is too large.");
    }

    /// <summary>One level: all other pins are pulled the other way. Gives all pins, and what the far end sees.</summary>
    private async Task<(Dictionary<DutPin, bool> Pins, bool FarEnd)> TryAsync(CheckedLine line, bool high, bool isDriven, CancellationToken cancellationToken)
    {
        var settings = bench.Wires.AtRest(high ? PinSetting.PullDown : PinSetting.PullUp);
        if (isDriven)
        {
            // First the chip lets go, then the host drives.
            await bench.ApplyAsync(settings, cancellationToken);
            bench.DriveHost(line.Line, high);
            var seen = await bench.ApplyAsync(settings, cancellationToken);
            return (seen, seen[line.Pin]);
        }

        settings[line.Pin] = high ? PinSetting.DriveHigh : PinSetting.DriveLow;
        var pins = await bench.ApplyAsync(settings, cancellationToken);
        return (pins, bench.ReadHost(line.Line));
    }

    private CheckStep Bridged(CheckedLine line, List<DutPin> others)
    {
        return Failed(line, "WIRES_BRIDGED", $"{string.Join(" and ", others.Select(bench.Wires.NameOf))} {(others.Count == 1 ? "follows" : "follow")} it. Look for a bridge between {line.Pin} and {string.Join(", ", others)}.");
    }

    private static string Level(bool high) => high ? "high" : "low";

    private static CheckStep Passed(CheckedLine line) => new(line.Name, CheckOutcome.Passed, "", "low and high pass, and no other wire follows");

    private static CheckStep Failed(CheckedLine line, string reason, string text) => new(line.Name, CheckOutcome.Failed, reason, text);
}
