using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Output;

/// <summary>How many columns text takes on a console: wide East Asian characters two, combining marks none.</summary>
internal static class ConsoleWidth
{
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115f), (0x2329, 0x232a), (0x2e80, 0x303e), (0x3041, 0x4dbf), (0x4e00, 0xa4cf), (0xa960, 0xa97c), (0xac00, 0xd7a3),
        (0xf900, 0xfaff), (0xfe10, 0xfe19), (0xfe30, 0xfe6b), (0xff01, 0xff60), (0xffe0, 0xffe6), (0x20000, 0x2fffd), (0x30000, 0x3fffd),
    ];

    public static int Of(string text) => Ascii.IsValid(text) ? text.Length : PyCodePoints.Split(text).Sum(OfCharacter);

    /// <summary>The text filled with spaces, or cut with three points, to a width of at least five columns.</summary>
    public static string Pad(string text, int width)
    {
        width = Math.Max(5, width);
        var excess = Of(text) - width;
        if (excess > 0)
        {
            var characters = PyCodePoints.Split(text).ToList();
            for (var lost = 0; lost < excess + 3;)
            {
                lost += OfCharacter(characters[^1]);
                characters.RemoveAt(characters.Count - 1);
            }

            text = string.Concat(characters) + "...";
        }

        return text + new string(' ', Math.Max(0, width - Of(text)));
    }

    private static int OfCharacter(string character)
    {
        var code = character.Length == 2 ? char.ConvertToUtf32(character, 0) : character[0];
        if (code is >= 0x300 and <= 0x36f)
        {
            return 0;
        }

        return Array.Exists(Wide, range => code >= range.First && code <= range.Last) ? 2 : 1;
    }
}
