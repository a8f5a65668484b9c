namespace FarmAgent.Simulation.Bench;

/// <summary>Instruments on the I2C buses of a bench file: <c>model:</c> and its settings.</summary>
public static partial class BenchFile
{
    private const string Ina219 = "ina219";
    private const string Mcp23017 = "mcp23017";

    private static BenchInstrument? ReadInstrument(YamlMapping map)
    {
        if (!map.Has("model"))
        {
            return null;
        }

        var model = map.Choice("model", "", (Ina219, Ina219), (Mcp23017, Mcp23017));
        if (map.Has("registers") || map.Has("size") || map.Has("writable"))
        {
            throw map.Problem("model", $"an {model} has registers of its own: leave 'registers', 'size' and 'writable' out");
        }

        return model == Ina219
            ? new BenchIna219(map.Has("bus_volts") ? map.Decimal("bus_volts", 0) : null, map.Decimal("shunt_millivolts", 0))
            : new BenchMcp23017(ReadPins(map));
    }

    private static Dictionary<string, string> ReadPins(YamlMapping map)
    {
        var pins = new Dictionary<string, string>(StringComparer.Ordinal);
        if (map.Has("pins"))
        {
            var section = map.Section("pins");
            foreach (var pin in "AB".SelectMany(port => Enumerable.Range(0, 8).Select(bit => $"GP{port}{bit}")))
            {
                if (section.OptionalText(pin) is { } net)
                {
                    pins[pin] = net;
                }
            }

            section.RefuseOthers();
        }

        return pins;
    }
}
