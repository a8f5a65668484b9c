using System.Globalization;

namespace FarmAgent.Simulation.Bench;

/// <summary>Names of the chip's pins in bench files.</summary>
internal static class ChipPin
{
    public const string Nrst = "NRST";

    public static bool IsName(string text) => text == Nrst || TryParse(text, out _, out _);

    /// <summary>Reads <c>PB7</c>.</summary>
    /// <param name="text">The name.</param>
    /// <param name="port">0 for A, to 4 for E.</param>
    /// <param name="number">0 to 15.</param>
    public static bool TryParse(string text, out int port, out int number)
    {
        port = 0;
        number = 0;
        if (text.Length is < 3 or > 4 || text[0] != 'P' || text[1] is < 'A' or > 'E')
        {
            return false;
        }

        port = text[1] - 'A';
        return int.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= 15;
    }
}
