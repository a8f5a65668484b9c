using FarmAgent.Hardware;

namespace FarmAgent.Flashing.Targets;

/// <summary>An STM32 part number as a board file gives it: product line and flash size are what the silicon can confirm.</summary>
/// <param name="Text">As written.</param>
/// <param name="Line">Product line, for example <c>F103</c>.</param>
/// <param name="SizeCode">Flash size letter, for example <c>8</c>.</param>
internal sealed record PartNumber(string Text, string Line, char SizeCode)
{
    private const string Prefix = "STM32";

    /// <summary>Flash size in KiB that the letter stands for (data sheets, chapter "Ordering information").</summary>
    public int FlashKiB => SizeCode switch
    {
        '3' => 8,
        '4' => 16,
        '6' => 32,
        '8' => 64,
        'B' => 128,
        'C' => 256,
        'D' => 384,
        'E' => 512,
        'F' => 768,
        'G' => 1024,
        'H' => 1536,
        'I' => 2048,
        'J' => 4096,
        _ => 192,
    };

    /// <summary>Reads a part number like <c>STM32F103C8T6</c>; the letter for the pins is not looked at.</summary>
    public static PartNumber Parse(string text)
    {
        var upper = text.ToUpperInvariant();
        if (!upper.StartsWith(Prefix, StringComparison.Ordinal) || upper.Length < 11 || !"3468BCDEFGHIJZ".Contains(upper[10], StringComparison.Ordinal))
        {
            throw new RequestException(
                "CHIP_NAME_UNKNOWN",
                $"'{text}' is no chip that is known: write its part number at least up to the flash size, for example STM32F103C8.");
        }

        return new PartNumber(text, upper.Substring(Prefix.Length, 4), upper[10]);
    }

    /// <summary>True when a kind of chip comprises this part.</summary>
    public bool IsOneOf(TargetDescription description) => description.Lines.Any(line => line.StartsWith(Line, StringComparison.Ordinal)
        && (line.Length > Line.Length ? line[(Line.Length + 1)..] : description.SizeCodes).Contains(SizeCode, StringComparison.Ordinal));
}
