using FarmAgent.Hardware;

namespace FarmAgent.Flashing.Targets;

/// <summary>An STM32F1 part number as a board file gives it: product line and flash size are what the silicon can confirm.</summary>
/// <param name="Text">As written.</param>
/// <param name="Line">Product line, for example <c>103</c>.</param>
/// <param name="SizeCode">Flash size letter, for example <c>8</c>.</param>
internal sealed record PartNumber(string Text, string Line, char SizeCode)
{
    private const string Prefix = "STM32F";

    /// <summary>Flash size in KiB that the letter stands for (data sheets, chapter "Ordering information").</summary>
    public int FlashKiB => SizeCode switch
    {
        '4' => 16,
        '6' => 32,
        '8' => 64,
        'B' => 128,
        'C' => 256,
        'D' => 384,
        _ => 512,
    };

    /// <summary>Reads a part number like <c>STM32F103C8T6</c>; the letter for the pins is not looked at.</summary>
    public static PartNumber Parse(string text)
    {
        var upper = text.ToUpperInvariant();
        if (!upper.StartsWith(Prefix + "1", StringComparison.Ordinal) || upper.Length < 11 || !"468BCDE".Contains(upper[10], StringComparison.Ordinal))
        {
            throw new RequestException(
                "CHIP_NAME_UNKNOWN",
                $"'{text}' is no chip that can be flashed: write its part number at least up to the flash size, for example STM32F103C8.");
        }

        return new PartNumber(text, upper.Substring(6, 3), upper[10]);
    }

    /// <summary>True when a kind of chip comprises this part.</summary>
    public bool IsOneOf(TargetDescription description) =>
        description.Lines.Contains(Line) && description.SizeCodes.Contains(SizeCode, StringComparison.Ordinal);
}
