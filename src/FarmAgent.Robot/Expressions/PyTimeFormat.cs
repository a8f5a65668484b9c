using System.Globalization;
using System.Text;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Times as text by the codes of <c>strftime</c> and <c>strptime</c>, in the C locale.</summary>
internal static class PyTimeFormat
{
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12];
    private static readonly string[] Days = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;

    public static string Format(DateTime time, string format)
    {
        var output = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 >= format.Length)
            {
                output.Append(format[i]);
                continue;
            }

            output.Append(FormatCode(time, format[++i]));
        }

        return output.ToString();
    }

    /// <exception cref="PyErrorException">ValueError when the text does not have the format.</exception>
    public static DateTime Parse(string text, string format)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%' && i + 1 < format.Length)
            {
                pattern.Append(PatternOf(format[++i], format));
            }
            else
            {
                pattern.Append(PyWhitespace.Contains(format[i]) ? @"\s+" : PyRegexEscape.Escape(format[i].ToString()));
            }
        }

        var match = PyRegex.Compile(pattern.ToString(), PyRegexFlags.IgnoreCase).Match(text)
            ?? throw PyErrorException.ValueError($"time data {PyText.Repr(text)} does not match format {PyText.Repr(format)}");
        return match.End == text.Length
            ? Build(match)
            : throw PyErrorException.ValueError($"unconverted data remains: {text[match.End..]}");
    }

    private static string FormatCode(DateTime time, char code) => code switch
    {
        'Y' => time.Year.ToString(CultureInfo.InvariantCulture),
        'y' => $"{time.Year % 100:00}",
        'm' => $"{time.Month:00}",
        'd' => $"{time.Day:00}",
        'e' => $"{time.Day,2}",
        'H' => $"{time.Hour:00}",
        'I' => $"{((time.Hour + 11) % 12) + 1:00}",
        'M' => $"{time.Minute:00}",
        'S' => $"{time.Second:00}",
        'f' => time.ToString("ffffff", CultureInfo.InvariantCulture),
        'j' => $"{time.DayOfYear:000}",
        'p' => time.Hour < 12 ? "AM" : "PM",
        'a' => Days[(int)time.DayOfWeek][..3],
        'A' => Days[(int)time.DayOfWeek],
        'b' or 'h' => Months[time.Month - 1][..3],
        'B' => Months[time.Month - 1],
        'w' => $"{(int)time.DayOfWeek}",
        'u' => $"{(((int)time.DayOfWeek + 6) % 7) + 1}",
        'U' => $"{(time.DayOfYear + 6 - (int)time.DayOfWeek) / 7:00}",
        'W' => $"{(time.DayOfYear + 6 - (((int)time.DayOfWeek + 6) % 7)) / 7:00}",
        'V' => $"{ISOWeek.GetWeekOfYear(time):00}",
        'G' => $"{ISOWeek.GetYear(time)}",
        'c' => $"{Format(time, "%a %b %e %H:%M:%S %Y")}",
        'x' or 'D' => Format(time, "%m/%d/%y"),
        'X' or 'T' => Format(time, "%H:%M:%S"),
        'F' => Format(time, "%Y-%m-%d"),
        'R' => Format(time, "%H:%M"),
        'n' => "\n",
        't' => "\t",
        'z' or 'Z' => string.Empty,
        '%' => "%",
        _ => "%" + code,
    };

    private static string PatternOf(char code, string format) => code switch
    {
        'Y' => @"(?P<Y>\d\d\d\d)",
        'y' => @"(?P<y>\d\d)",
        'm' => @"(?P<m>1[0-2]|0[1-9]|[1-9])",
        'd' => @"(?P<d>3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9])",
        'H' => @"(?P<H>2[0-3]|[0-1]\d|\d)",
        'I' => @"(?P<I>1[0-2]|0[1-9]|[1-9])",
        'M' => @"(?P<M>[0-5]\d|\d)",
        'S' => @"(?P<S>6[0-1]|[0-5]\d|\d)",
        'f' => @"(?P<f>[0-9]{1,6})",
        'j' => @"(?P<j>36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9])",
        'p' => "(?P<p>am|pm)",
        'a' => $"(?:{string.Join('|', Days.Select(day => day[..3]))})",
        'A' => $"(?:{string.Join('|', Days)})",
        'b' => $"(?P<b>{string.Join('|', Months.Select(month => month[..3]))})",
        'B' => $"(?P<B>{string.Join('|', Months.OrderByDescending(month => month.Length))})",
        '%' => "%",
        _ => throw PyErrorException.ValueError($"'{code}' is a bad directive in format {PyText.Repr(format)}"),
    };

    private static DateTime Build(PyRegexMatch match)
    {
        int? Number(string name) => match.Regex.GroupNames.ContainsKey(name) && match.Group(name) is { } text
            ? int.Parse(text.Trim(), CultureInfo.InvariantCulture)
            : null;
        int? Name(string name, Func<string, string> form) => match.Regex.GroupNames.ContainsKey(name) && match.Group(name) is { } text
            ? Array.FindIndex(Months, month => form(month).Equals(text, StringComparison.OrdinalIgnoreCase)) + 1
            : null;
        var year = Number("Y") ?? (Number("y") is { } two ? two + (two <= 68 ? 2000 : 1900) : 1900);
        var month = Number("m") ?? Name("B", text => text) ?? Name("b", text => text[..3]) ?? 1;
        var day = Number("d") ?? 1;
        var hour = Number("H") ?? Number("I") ?? 0;
        if (match.Regex.GroupNames.ContainsKey("p"))
        {
            hour = (hour % 12) + (string.Equals(match.Group("p"), "pm", StringComparison.OrdinalIgnoreCase) ? 12 : 0);
        }

        if (day > DateTime.DaysInMonth(year, month))
        {
            throw PyErrorException.ValueError("day is out of range for month");
        }

        var micros = match.Regex.GroupNames.ContainsKey("f") ? match.Group("f")?.PadRight(6, '0') : null;
        var date = new DateTime(year, month, day, hour, Number("M") ?? 0, Math.Min(59, Number("S") ?? 0), DateTimeKind.Unspecified);
        date = Number("j") is { } dayOfYear ? new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(dayOfYear - 1) + date.TimeOfDay : date;
        return date.AddTicks((micros is null ? 0 : long.Parse(micros, CultureInfo.InvariantCulture)) * TimeSpan.TicksPerMicrosecond);
    }
}
