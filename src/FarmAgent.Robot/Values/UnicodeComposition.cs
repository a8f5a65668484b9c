using System.Text;

namespace FarmAgent.Robot.Values;

/// <summary>Normalization form C, which the invariant globalization mode leaves out.</summary>
internal static class UnicodeComposition
{
    private const int HangulFirst = 0xac00;
    private const int HangulCount = 11172;

    public static string Compose(string text)
    {
        // Everything below the first combining mark is composed already.
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02ff') < 0)
        {
            return text;
        }

        var codes = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                Decompose(codes, char.ConvertToUtf32(text[i], text[++i]));
            }
            else
            {
                Decompose(codes, text[i]);
            }
        }

        Reorder(codes);
        return Join(codes);
    }

    private static void Decompose(List<int> codes, int code)
    {
        if (code is >= HangulFirst and < HangulFirst + HangulCount)
        {
            var index = code - HangulFirst;
            codes.Add(0x1100 + (index / 588));
            codes.Add(0x1161 + (index % 588 / 28));
            if (index % 28 != 0)
            {
                codes.Add(0x11a7 + (index % 28));
            }
        }
        else if (UnicodeFacts.Instance.Decompositions.TryGetValue(code, out var parts))
        {
            foreach (var part in parts)
            {
                Decompose(codes, part);
            }
        }
        else
        {
            codes.Add(code);
        }
    }

    private static void Reorder(List<int> codes)
    {
        for (var i = 1; i < codes.Count; i++)
        {
            var own = Class(codes[i]);
            for (var j = i; own != 0 && j > 0 && Class(codes[j - 1]) > own; j--)
            {
                (codes[j], codes[j - 1]) = (codes[j - 1], codes[j]);
            }
        }
    }

    private static string Join(List<int> codes)
    {
        var composed = new List<int>(codes.Count);
        var starter = -1;
        var lastClass = 0;
        foreach (var code in codes)
        {
            var own = Class(code);
            if (starter >= 0 && (starter == composed.Count - 1 || lastClass < own) && TryPair(composed[starter], code) is { } pair)
            {
                composed[starter] = pair;
                continue;
            }

            if (own == 0)
            {
                starter = composed.Count;
            }

            lastClass = own;
            composed.Add(code);
        }

        var output = new StringBuilder(composed.Count);
        foreach (var code in composed)
        {
            _ = code is >= 0xd800 and < 0xe000 or < 0x10000 ? output.Append((char)code) : output.Append(char.ConvertFromUtf32(code));
        }

        return output.ToString();
    }

    private static int Class(int code) => UnicodeFacts.Instance.CombiningClasses.GetValueOrDefault(code);

    private static int? TryPair(int first, int second)
    {
        if (first is >= 0x1100 and < 0x1113 && second is >= 0x1161 and < 0x1176)
        {
            return HangulFirst + ((((first - 0x1100) * 21) + (second - 0x1161)) * 28);
        }

        if (first is >= HangulFirst and < HangulFirst + HangulCount && (first - HangulFirst) % 28 == 0 && second is > 0x11a7 and < 0x11c3)
        {
            return first + (second - 0x11a7);
        }

        return UnicodeFacts.Instance.Compositions.TryGetValue(((long)first << 32) | (uint)second, out var pair) ? pair : null;
    }
}
