using System.Globalization;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The modules <c>datetime</c> and <c>time</c>.</summary>
internal static class DateTimeModule
{
    public static Dictionary<string, object?> Create(PyModuleContext context)
    {
        var delta = new PyType("timedelta", PyTimeDelta.Create, "datetime.timedelta");
        PyDateTime Now(bool isDate) => new(context.Now().DateTime, isDate);
        var date = new PyType("date", arguments => PyDateTime.Create(arguments, isDate: true), "datetime.date")
        {
            Members = new Dictionary<string, object?>
            {
                ["today"] = new PyFunction("today", _ => Now(isDate: true)),
                ["fromisoformat"] = new PyFunction("fromisoformat", arguments => FromIso(arguments, isDate: true)),
                ["fromtimestamp"] = new PyFunction("fromtimestamp", arguments => FromTimestamp(context, arguments, isDate: true)),
            },
        };
        var time = new PyType("datetime", arguments => PyDateTime.Create(arguments, isDate: false), "datetime.datetime")
        {
            Members = new Dictionary<string, object?>
            {
                ["now"] = new PyFunction("now", _ => Now(isDate: false)),
                ["today"] = new PyFunction("today", _ => Now(isDate: false)),
                ["utcnow"] = new PyFunction("utcnow", _ => new PyDateTime(context.Now().UtcDateTime)),
                ["fromtimestamp"] = new PyFunction("fromtimestamp", arguments => FromTimestamp(context, arguments, isDate: false)),
                ["fromisoformat"] = new PyFunction("fromisoformat", arguments => FromIso(arguments, isDate: false)),
                ["strptime"] = new PyFunction("strptime", arguments =>
                    new PyDateTime(PyTimeFormat.Parse(arguments.Expect(2, 2).Text(0, "date_string"), arguments.Text(1, "format")))),
                ["min"] = new PyDateTime(DateTime.MinValue),
                ["max"] = new PyDateTime(DateTime.MaxValue),
            },
        };
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["timedelta"] = delta,
            ["date"] = date,
            ["datetime"] = time,
            ["MINYEAR"] = 1L,
            ["MAXYEAR"] = 9999L,
        };
    }

    public static Dictionary<string, object?> CreateTime(PyModuleContext context) => new(StringComparer.Ordinal)
    {
        ["time"] = new PyFunction("time", _ => Epoch(context)),
        ["time_ns"] = new PyFunction("time_ns", _ => (context.Now() - DateTimeOffset.UnixEpoch).Ticks * 100),
        ["monotonic"] = new PyFunction("monotonic", _ => Environment.TickCount64 / 1000.0),
        ["perf_counter"] = new PyFunction("perf_counter", _ => System.Diagnostics.Stopwatch.GetTimestamp() / (double)System.Diagnostics.Stopwatch.Frequency),
        ["sleep"] = new PyFunction("sleep", arguments =>
        {
            context.Sleep(TimeSpan.FromSeconds(PyArithmetic.ToFloat(arguments.Expect(1, 1)[0])));
            return null;
        }),
        ["timezone"] = -(long)TimeZoneInfo.Local.BaseUtcOffset.TotalSeconds,
        ["strftime"] = new PyFunction("strftime", arguments => PyTimeFormat.Format(context.Now().DateTime, arguments.Expect(1, 1).Text(0, "format"))),
    };

    private static double Epoch(PyModuleContext context) =>
        PyArithmetic.TrueDivide((context.Now() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, 1_000_000);

    private static PyDateTime FromTimestamp(PyModuleContext context, CallArguments arguments, bool isDate)
    {
        var delta = PyTimeDelta.FromSeconds(PyArithmetic.ToFloat(arguments.Expect(1, 2)[0]));
        var utc = DateTimeOffset.UnixEpoch.AddTicks((long)delta.Micros * TimeSpan.TicksPerMicrosecond);
        return new PyDateTime(utc.ToOffset(context.Now().Offset).DateTime, isDate);
    }

    private static PyDateTime FromIso(CallArguments arguments, bool isDate)
    {
        var text = arguments.Expect(1, 1).Text(0, "date_string");
        string[] formats = isDate
            ? ["yyyy-MM-dd", "yyyyMMdd"]
            : ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss",
                "yyyy-MM-dd HH:mm:ss.FFFFFF"];
        return DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new PyDateTime(time, isDate)
            : throw PyErrorException.ValueError($"Invalid isoformat string: {PyText.Repr(text)}");
    }
}
