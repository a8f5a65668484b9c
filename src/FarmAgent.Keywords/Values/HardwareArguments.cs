using System.Globalization;
using System.Numerics;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Keywords.Values;

/// <summary>Arguments of hardware keywords: numbers with or without 0x, levels, rows of hex bytes.</summary>
internal static class HardwareArguments
{
    /// <summary>An integer from a number or its text (<c>12</c>, <c>0x0C</c>, <c>0b1100</c>), within a range.</summary>
    public static long Number(KeywordArguments arguments, string name, long low, long high, bool hexRange = false)
    {
        var value = arguments[name];
        var number = value switch
        {
            bool flag => flag ? 1 : 0,
            long integer => integer,
            BigInteger => long.MaxValue,
            double real when Math.Floor(real) == real && Math.Abs(real) < 1e15 => (long)real,
            string text => Parse(name, text),
            _ => throw new KeywordFailedException($"{name}: '{Show(value)}' is not a number. Write it as 12 or 0x0C."),
        };
        if (number >= low && number <= high)
        {
            return number;
        }

        var shown = hexRange ? $"0x{number:X2} is not in 0x{low:X2}..0x{high:X2}" : $"{number} is not in {low}..{high}";
        throw new KeywordFailedException($"{name}: {shown}.");
    }

    /// <summary>A number with or without a fraction.</summary>
    public static double Fraction(KeywordArguments arguments, string name) => arguments[name] switch
    {
        long integer => integer,
        double real => real,
        var other when double.TryParse(Show(other), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        var other => throw new KeywordFailedException($"{name}: '{Show(other)}' is not a number. Write it as 0.25 or 3.3."),
    };

    /// <summary>A level: 0 or 1, True or False, high or low.</summary>
    public static bool Level(KeywordArguments arguments, string name) => arguments[name] switch
    {
        bool flag => flag,
        0L => false,
        1L => true,
        string text when text.Trim().ToUpperInvariant() is "1" or "TRUE" or "HIGH" => true,
        string text when text.Trim().ToUpperInvariant() is "0" or "FALSE" or "LOW" => false,
        var other => throw new KeywordFailedException($"{name}: '{Show(other)}' is neither 0 nor 1."),
    };

    /// <summary>Bytes: hex with or without spaces, or a list of integers.</summary>
    public static byte[] Bytes(KeywordArguments arguments, string name)
    {
        switch (arguments[name])
        {
            case null:
                return [];
            case byte[] bytes:
                return bytes;
            case IReadOnlyList<object?> list:
                return [.. list.Select(item => item is long and >= 0 and <= 255
                    ? (byte)(long)item
                    : throw new KeywordFailedException($"{name}: '{Show(item)}' is not a byte. Give integers from 0 to 255."))];
            case var other:
                var hex = string.Concat(Show(other).Where(character => !char.IsWhiteSpace(character)));
                try
                {
                    return Convert.FromHexString(hex);
                }
                catch (FormatException)
                {
                    throw new KeywordFailedException($"{name}: '{Show(other)}' is not a row of hex bytes such as 00 1F.");
                }
        }
    }

    /// <summary>A row of hex bytes in upper case: <c>BE EF</c>.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        var parts = new string[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            parts[i] = bytes[i].ToString("X2", CultureInfo.InvariantCulture);
        }

        return string.Join(' ', parts);
    }

    /// <summary>A time string of Robot Framework, at most a day.</summary>
    public static TimeSpan Time(KeywordArguments arguments, string name)
    {
        var text = Show(arguments[name]);
        return TimeStrings.TryParse(text, out var seconds) && seconds is >= 0 and <= 86400
            ? TimeSpan.FromSeconds(seconds)
            : throw new KeywordFailedException($"Invalid time string '{text}'.", "ValueError");
    }

    /// <summary>How a value is named in a message.</summary>
    public static string Show(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static long Parse(string name, string text)
    {
        var trimmed = text.AsSpan().Trim();
        long number;
        var isNumber = trimmed switch
        {
            ['0', 'x' or 'X', .. var hex] => long.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number),
            ['0', 'b' or 'B', .. var binary] => long.TryParse(binary, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out number),
            _ => long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
        };
        return isNumber ? number : throw new KeywordFailedException($"{name}: '{text}' is not a number. Write it as 12 or 0x0C.");
    }
}
