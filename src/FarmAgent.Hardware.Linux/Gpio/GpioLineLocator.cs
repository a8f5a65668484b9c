using System.Globalization;
using System.Text.RegularExpressions;

namespace FarmAgent.Hardware.Linux.Gpio;

/// <summary>
/// Finds the line that a board's file names: by its name in the device tree (<c>PG11</c>), by chip and offset (<c>1c20800.pinctrl:203</c>,
/// <c>gpiochip0:203</c>), by chip and name (<c>1c20800.pinctrl:PG11</c>), or by the number that the old sysfs interface gave it (<c>203</c>).
/// </summary>
internal static partial class GpioLineLocator
{
    private const int AllwinnerPinsPerPort = 32;

    /// <summary>The chip and the line's offset on it.</summary>
    /// <param name="line">As written in the board's file.</param>
    /// <param name="chips">All chips of the host.</param>
    /// <exception cref="HardwareException">No line or several (<c>GPIO_LINE_UNKNOWN</c>, <c>GPIO_LINE_AMBIGUOUS</c>).</exception>
    public static (GpioChipView Chip, int Offset) Find(string line, IReadOnlyList<GpioChipView> chips)
    {
        var colon = line.LastIndexOf(':');
        if (colon > 0)
        {
            return OnChip(line, line[..colon], line[(colon + 1)..], chips);
        }

        if (TryNumber(line, out var number))
        {
            return ByLegacyNumber(number, chips);
        }

        var found = Named(line, chips);
        return found.Count switch
        {
            1 => found[0],
            0 => throw Unknown($"There is no GPIO line {line}.{Offer(line, chips)} Name a line by its name, or as CHIP-LABEL:NUMBER; gpioinfo lists both."),
            _ => throw new HardwareException(
                "GPIO_LINE_AMBIGUOUS",
                $"{found.Count} GPIO lines are called {line}. Say which one: {string.Join(" or ", found.Select(f => $"{f.Chip.Label}:{f.Offset}"))}."),
        };
    }

    private static (GpioChipView Chip, int Offset) OnChip(string line, string chip, string rest, IReadOnlyList<GpioChipView> chips)
    {
        var matching = chips.Where(c => c.Label == chip || c.Name == chip || c.Path == chip).ToList();
        if (matching.Count != 1)
        {
            throw Unknown($"{(matching.Count == 0 ? "There is no GPIO chip" : $"{matching.Count} GPIO chips are called")} {chip}. This host has {Listed(chips)}.");
        }

        if (!TryNumber(rest, out var offset))
        {
            var named = Named(rest, matching);
            return named.Count == 1 ? named[0] : throw Unknown($"GPIO chip {chip} has {(named.Count == 0 ? "no line" : $"{named.Count} lines")} called {rest}. gpioinfo {matching[0].Name} lists them.");
        }

        return offset < matching[0].LineNames.Count
            ? (matching[0], offset)
            : throw Unknown($"GPIO chip {chip} has lines 0 to {matching[0].LineNames.Count - 1}; {line} is none of them. Correct the number.");
    }

    private static (GpioChipView Chip, int Offset) ByLegacyNumber(int number, IReadOnlyList<GpioChipView> chips)
    {
        foreach (var chip in chips)
        {
            if (chip.LegacyBase is { } first && number >= first && number < first + chip.LineNames.Count)
            {
                return (chip, number - first);
            }
        }

        var hint = AllwinnerName(number) is { } name ? $" On an Allwinner board {number} was {name}." : string.Empty;
        throw Unknown(
            $"{number} is a number of the old sysfs interface, and this kernel does not say which line that was.{hint} "
            + $"Name the line by its name, or as CHIP-LABEL:NUMBER; this host has {Listed(chips)}.");
    }

    private static List<(GpioChipView Chip, int Offset)> Named(string line, IReadOnlyList<GpioChipView> chips)
    {
        var found = chips.SelectMany(chip => Enumerable.Range(0, chip.LineNames.Count).Where(o => chip.LineNames[o] == line).Select(o => (chip, o))).ToList();
        if (found.Count == 0 && AllwinnerOffset(line) is { } offset)
        {
            // Allwinner's main pin controller gives its lines no names; ports count 32 pins each (sunxi pinctrl binding).
            found = [.. chips.Where(c => c.Label.EndsWith(".pinctrl", StringComparison.Ordinal) && offset < c.LineNames.Count && c.LineNames[offset].Length == 0).Select(c => (c, offset))];
        }

        return found;
    }

    private static int? AllwinnerOffset(string line) => AllwinnerPin().Match(line) is { Success: true } match
        ? ((match.Groups["port"].Value[0] - 'A') * AllwinnerPinsPerPort) + int.Parse(match.Groups["pin"].ValueSpan, CultureInfo.InvariantCulture)
        : null;

    private static string? AllwinnerName(int number) => number < AllwinnerPinsPerPort * 12
        ? string.Create(CultureInfo.InvariantCulture, $"P{(char)('A' + (number / AllwinnerPinsPerPort))}{number % AllwinnerPinsPerPort}")
        : null;

    private static string Offer(string line, IReadOnlyList<GpioChipView> chips)
    {
        var similar = chips.SelectMany(c => c.LineNames).FirstOrDefault(n => n.Length > 0 && n.Equals(line, StringComparison.OrdinalIgnoreCase));
        return similar is null ? $" This host has {Listed(chips)}." : $" Did you mean {similar}?";
    }

    private static string Listed(IReadOnlyList<GpioChipView> chips) =>
        chips.Count == 0 ? "no GPIO chip at all" : string.Join(", ", chips.Select(c => $"{c.Label} ({c.LineNames.Count} lines)"));

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static HardwareException Unknown(string message) => new("GPIO_LINE_UNKNOWN", message);

    [GeneratedRegex("^P(?<port>[A-L])(?<pin>[0-9]|[12][0-9]|3[01])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AllwinnerPin();
}
