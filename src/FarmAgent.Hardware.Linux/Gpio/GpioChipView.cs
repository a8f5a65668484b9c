namespace FarmAgent.Hardware.Linux.Gpio;

/// <summary>What naming a line needs to know of one chip.</summary>
/// <param name="Path">Device node.</param>
/// <param name="Name">The kernel's name, for example <c>gpiochip0</c>.</param>
/// <param name="Label">The driver's name, for example <c>1c20800.pinctrl</c>.</param>
/// <param name="LineNames">Names of its lines by offset, empty for none.</param>
/// <param name="LegacyBase">First number of its lines in the old sysfs interface; null where the kernel has none.</param>
internal sealed record GpioChipView(string Path, string Name, string Label, IReadOnlyList<string> LineNames, int? LegacyBase)
{
    /// <summary>Looks at all chips of the host.</summary>
    /// <exception cref="HardwareException">A chip may not be opened (<c>GPIO_ACCESS_DENIED</c>).</exception>
    public static IReadOnlyList<GpioChipView> ReadAll()
    {
        var legacy = LegacyGpioNumbers.Read("/sys");
        var views = new List<GpioChipView>();
        foreach (var path in Directory.EnumerateFiles("/dev", "gpiochip*").Order(StringComparer.Ordinal))
        {
            using var chip = GpioChip.Open(path);
            var names = Enumerable.Range(0, chip.LineCount).Select(offset => chip.Describe(offset).Name).ToArray();
            views.Add(new GpioChipView(path, chip.Name, chip.Label, names, legacy.GetValueOrDefault(chip.Label)));
        }

        return views;
    }
}
