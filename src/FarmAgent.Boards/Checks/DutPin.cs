using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FarmAgent.Boards.Checks;

/// <summary>A pin of the device under test, for example <c>PA0</c>.</summary>
/// <param name="Port">Its port, from 0 for A.</param>
/// <param name="Number">Its number, 0 to 15.</param>
internal readonly record struct DutPin(int Port, int Number)
{
    private const int LastPort = 4;
    private const int LastNumber = 15;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"P{(char)('A' + Port)}{Number}");

    /// <summary>Reads a name. The pins of SWD are none that a check may touch.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DutPin pin)
    {
        pin = default;
        if (text is not { Length: 3 or 4 } || text[0] != 'P' || text[1] is < 'A' or > (char)('A' + LastPort)
            || !int.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > LastNumber)
        {
            return false;
        }

        pin = new DutPin(text[1] - 'A', number);
        return pin is not { Port: 0, Number: 13 or 14 };
    }
}

/// <summary>How a pin of the device under test is set up for a check.</summary>
internal enum PinSetting
{
    /// <summary>Input without pull.</summary>
    Floating,

    /// <summary>Input with pull to ground.</summary>
    PullDown,

    /// <summary>Input with pull to the supply.</summary>
    PullUp,

    /// <summary>Drives low.</summary>
    DriveLow,

    /// <summary>Drives high.</summary>
    DriveHigh,

    /// <summary>Holds an open-drain line low.</summary>
    HoldLow,
}
