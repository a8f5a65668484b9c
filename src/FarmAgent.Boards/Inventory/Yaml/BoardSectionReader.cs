using FarmAgent.Boards.Checks;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Serial;
using FarmAgent.Probes;

namespace FarmAgent.Boards.Inventory.Yaml;

/// <summary>Turns one element of <c>boards:</c> into a description.</summary>
internal static class BoardSectionReader
{
    public static BoardDescription Read(YamlSection section, string folder)
    {
        var name = Name(section, "name");
        var backend = section.Choice("backend", ("virtual", BoardBackend.Virtual), ("linux", BoardBackend.Linux));
        if (!section.Has("backend"))
        {
            section.Complain("backend", "is missing: 'linux' for devices of this host, 'virtual' for the simulated bench.");
        }

        var bench = section.Text("bench");
        if (bench is not null && backend == BoardBackend.Linux)
        {
            section.Complain("bench", "only a board with 'backend: virtual' has a bench file.");
        }

        var board = new BoardDescription
        {
            Name = name,
            Title = section.Text("title") ?? name,
            Labels = section.Texts("labels"),
            Backend = backend ?? BoardBackend.Virtual,
            BenchFile = bench is null ? null : Path.GetFullPath(bench, folder),
            Probe = Probe(section),
            Chip = section.Text("chip"),
            I2cAdapters = [.. section.Sections("i2c").Select(Adapter)],
            GpioLines = [.. section.Sections("gpio").Select(Line)],
            SerialPorts = [.. section.Sections("serial").Select(Port)],
            Power = section.Section("power") is { } power ? PowerSectionReader.Read(power) : null,
            SafeState = section.Section("safe_state") is { } safe ? SafeState(safe) : new SafeStateDescription(),
            Flash = section.Section("flash") is { } flash ? Flash(flash, folder) : new BoardFlashOptions(),
        };
        section.RefuseUnknownKeys();
        RefuseTwins(section, "i2c", board.I2cAdapters.Select(a => a.Name));
        RefuseTwins(section, "gpio", board.GpioLines.Select(l => l.Name));
        RefuseTwins(section, "gpio", board.GpioLines.Where(l => l.LegacyNumber is not null).Select(l => $"number {l.LegacyNumber}"));
        RefuseTwins(section, "serial", board.SerialPorts.Select(p => p.Name));
        if (board.Power?.Relay is { } relay && board.GpioLines.Any(l => (l.HostLine ?? l.Name) == relay))
        {
            section.Complain("power", $"line {relay} is also under 'gpio'; what switches the supply is no line for suites, so leave it out there.");
        }

        return board;
    }

    private static ProbeSelector? Probe(YamlSection section)
    {
        if (section.Text("probe") is not { } text)
        {
            return null;
        }

        if (ProbeSelector.TryParse(text, out var selector))
        {
            return selector;
        }

        section.Complain("probe", $"'{text}' names no probe: write vid:pid[:serial] (0483:3748), a serial alone, or usb:PORTPATH (usb:1-1.3).");
        return null;
    }

    private static I2cAdapterDescription Adapter(YamlSection section)
    {
        var adapter = new I2cAdapterDescription
        {
            Name = Name(section, "name"),
            Device = section.RequiredText("device"),
            ClockHz = section.Number("clock_hz", 1_000, 5_000_000) ?? 100_000,
            SclPin = Pin(section, "scl"),
            SdaPin = Pin(section, "sda"),
            Shared = section.Flag("shared") ?? false,
            Devices = [.. section.Sections("devices").Select(Device)],
        };
        section.RefuseUnknownKeys();
        RefuseTwins(section, "devices", adapter.Devices.Where(d => d.Address != default).Select(d => d.Address.ToString()));
        if (adapter.Shared && adapter.Devices.Count == 0)
        {
            section.Complain("shared", "a shared adapter needs 'devices': the addresses that belong to this board.");
        }

        return adapter;
    }

    private static string? Pin(YamlSection section, string key)
    {
        var name = section.Text(key);
        if (name is not null && !DutPin.TryParse(name, out _))
        {
            section.Complain(key, $"'{name}' is no pin of the device under test that a check may drive: write PA0 to PE15, but not PA13 or PA14 (SWD).");
        }

        return name;
    }

    private static I2cDeviceDescription Device(YamlSection section)
    {
        var text = section.RequiredText("address");
        if (!I2cAddress.TryParse(text, out var address) && text.Length > 0)
        {
            section.Complain("address", $"{text} is not a 7-bit I2C address (0x08 to 0x77).");
        }
        else if (text.Length > 0 && !address.IsForDevices)
        {
            section.Complain("address", $"{address} is reserved by the I2C specification; devices have 0x08 to 0x77.");
        }

        var kind = section.RequiredText("kind");
        if (kind.Length > 0 && !I2cDeviceDescription.Kinds.Contains(kind, StringComparer.Ordinal))
        {
            section.Complain(
                "kind",
                $"'{kind}' is not one of {string.Join(", ", I2cDeviceDescription.Kinds)}.{Suggestions.DidYouMean(kind, I2cDeviceDescription.Kinds)}");
        }

        var device = new I2cDeviceDescription(section.Text("name") ?? kind, kind, address) { ShuntOhms = section.Fraction("shunt_ohms", 0.0001, 100) ?? 0.1 };
        if (section.Has("shunt_ohms") && kind != "ina219")
        {
            section.Complain("shunt_ohms", "only a current meter (ina219) has a shunt.");
        }

        section.RefuseUnknownKeys();
        return device;
    }

    private static GpioLineDescription Line(YamlSection section)
    {
        var line = new GpioLineDescription
        {
            Name = section.RequiredText("name"),
            LegacyNumber = section.Number("number", 0, 4_095),
            HostLine = section.Text("line"),
            WiredTo = section.Text("wired_to"),
            Use = section.Choice("direction", ("both", GpioLineUse.Both), ("input", GpioLineUse.InputOnly), ("output", GpioLineUse.OutputOnly))
                ?? GpioLineUse.Both,
            Bias = section.Choice(
                "bias", ("as-is", GpioBias.AsIs), ("none", GpioBias.Disabled), ("pull-up", GpioBias.PullUp), ("pull-down", GpioBias.PullDown))
                ?? GpioBias.AsIs,
            SafeLevel = section.Choice("safe", ("input", (SafeLevel: (bool?)null, 0)), ("low", (false, 0)), ("high", (true, 0)))?.SafeLevel,
        };
        section.RefuseUnknownKeys();
        if (line is { Use: GpioLineUse.InputOnly, SafeLevel: not null })
        {
            section.Complain("safe", "this line may only be an input; leave 'safe' out or write 'input'.");
        }

        return line;
    }

    private static SerialPortDescription Port(YamlSection section)
    {
        var port = new SerialPortDescription
        {
            Name = Name(section, "name"),
            Device = section.RequiredText("device"),
            Settings = new SerialSettings(
                section.Number("baud", 50, 4_000_000) ?? 115_200,
                section.Number("data_bits", 7, 8) ?? 8,
                section.Choice("parity", ("none", SerialParity.None), ("even", SerialParity.Even), ("odd", SerialParity.Odd)) ?? SerialParity.None,
                section.Number("stop_bits", 1, 2) ?? 1),
        };
        section.RefuseUnknownKeys();
        return port;
    }

    private static SafeStateDescription SafeState(YamlSection section)
    {
        var state = new SafeStateDescription
        {
            Target = section.Choice("target", ("run", SafeTargetState.Run), ("halt", SafeTargetState.Halt), ("leave", SafeTargetState.Leave))
                ?? SafeTargetState.Run,
        };
        section.RefuseUnknownKeys();
        return state;
    }

    private static BoardFlashOptions Flash(YamlSection section, string folder)
    {
        var options = new BoardFlashOptions
        {
            SwdKilohertz = section.Number("swd_khz", 5, 24_000) ?? 4_000,
            ConnectUnderReset = section.Flag("connect_under_reset") ?? false,
            RequireSignature = [.. section.List("require_signature").Select(k => KeyFile(section, k, folder))],
            MinimumVolts = section.Fraction("minimum_volts", 1.0, 5.5) ?? 2.0,
        };
        if (section.Has("require_signature") && options.RequireSignature.Count == 0)
        {
            section.Complain("require_signature", "names no key, so no image could be flashed; name some, or leave it out.");
        }

        section.RefuseUnknownKeys();
        return options;
    }

    private static string KeyFile(YamlSection section, string key, string folder)
    {
        var full = Path.GetFullPath(key, folder);
        if (!File.Exists(full))
        {
            section.Complain("require_signature", $"names the key '{key}', and there is no such file.");
        }

        return full;
    }

    /// <summary>A name that also works in resource names, file names and on a command line.</summary>
    private static string Name(YamlSection section, string key)
    {
        var name = section.RequiredText(key);
        if (name.Length > 0 && (name.Length > 40 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') || !char.IsAsciiLetterOrDigit(name[0])))
        {
            section.Complain(key, $"'{name}' is not a name: letters, digits, '-', '_' and '.', at most 40, starting with a letter or digit.");
        }

        return name;
    }

    private static void RefuseTwins(YamlSection section, string key, IEnumerable<string> names)
    {
        foreach (var twin in names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            section.Complain(key, $"{twin.Key} is there {twin.Count()} times; each may be there once.");
        }
    }
}
