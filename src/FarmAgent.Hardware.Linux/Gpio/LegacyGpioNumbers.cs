using System.Globalization;

namespace FarmAgent.Hardware.Linux.Gpio;

/// <summary>Where the old sysfs interface begins to count the lines of each chip (<c>/sys/class/gpio/gpiochipN/base</c>), if the kernel still has it.</summary>
internal static class LegacyGpioNumbers
{
    /// <summary>First numbers by chip label.</summary>
    /// <param name="sysfs">Where sysfs is mounted.</param>
    public static Dictionary<string, int?> Read(string sysfs)
    {
        var found = new Dictionary<string, int?>(StringComparer.Ordinal);
        var folder = Path.Combine(sysfs, "class/gpio");
        if (Directory.Exists(folder))
        {
            foreach (var chip in Directory.EnumerateDirectories(folder, "gpiochip*").Order(StringComparer.Ordinal))
            {
                var label = Path.Combine(chip, "label");
                var first = Path.Combine(chip, "base");
                if (File.Exists(label) && File.Exists(first)
                    && int.TryParse(File.ReadAllText(first).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    found.TryAdd(File.ReadAllText(label).Trim(), number);
                }
            }
        }

        return found;
    }
}
