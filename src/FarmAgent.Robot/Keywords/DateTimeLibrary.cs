using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <summary>The standard library DateTime: dates and times in several forms.</summary>
internal sealed class DateTimeLibrary : IKeywordLibrary
{
    private const string Date = "datetime | date | float | int | str";
    private const string Time = "timedelta | float | int | str";
    private const string DateResult = "result_format: Literal['timestamp', 'datetime', 'epoch'] | str='timestamp', exclude_millis: bool=False";

    private const string TimeResult =
        "result_format: Literal['number', 'verbose', 'compact', 'timer', 'timedelta']='number', exclude_millis: bool=False";

    private static readonly KeywordDescriptor[] Table =
    [
        Plain("Get Current Date", $"time_zone: Literal['local', 'UTC']='local', increment: {Time}=0, {DateResult}", (context, a) =>
        {
            var isLocal = a.Text("time_zone").Equals("local", StringComparison.OrdinalIgnoreCase)
                || a.Text("result_format").Equals("epoch", StringComparison.OrdinalIgnoreCase);
            var now = new PyDateTime(isLocal ? context.Clock.Now.DateTime : context.Clock.Now.UtcDateTime);
            return DateResults.Convert(Shift(now, Seconds(a["increment"])), a);
        }),
        Plain("Convert Date", $"date: {Date}, {DateResult}, date_format: str | None=None", (context, a) =>
            DateResults.Convert(DateInputs.Read(context, a["date"], a.OptionalText("date_format")), a)),
        Plain("Convert Time", $"time: {Time}, {TimeResult}", (_, a) => TimeResults.Convert(Seconds(a["time"]), a)),
        Plain("Add Time To Date", $"date: {Date}, time: {Time}, {DateResult}, date_format: str | None=None", (context, a) =>
            DateResults.Convert(Shift(DateInputs.Read(context, a["date"], a.OptionalText("date_format")), Seconds(a["time"])), a)),
        Plain("Subtract Time From Date", $"date: {Date}, time: {Time}, {DateResult}, date_format: str | None=None", (context, a) =>
            DateResults.Convert(Shift(DateInputs.Read(context, a["date"], a.OptionalText("date_format")), -Seconds(a["time"])), a)),
        Plain(
            "Subtract Date From Date",
            $"date1: {Date}, date2: {Date}, {TimeResult}, date1_format: str | None=None, date2_format: str | None=None",
            (context, a) =>
            {
                var first = DateInputs.Read(context, a["date1"], a.OptionalText("date1_format"));
                var second = DateInputs.Read(context, a["date2"], a.OptionalText("date2_format"));
                return TimeResults.Convert(((PyTimeDelta)PyArithmetic.Binary("-", first, second)!).TotalSeconds, a);
            }),
        Plain("Add Time To Time", $"time1: {Time}, time2: {Time}, {TimeResult}", (_, a) =>
            TimeResults.Convert(Seconds(a["time1"]) + Seconds(a["time2"]), a)),
        Plain("Subtract Time From Time", $"time1: {Time}, time2: {Time}, {TimeResult}", (_, a) =>
            TimeResults.Convert(Seconds(a["time1"]) - Seconds(a["time2"]), a)),
    ];

    public string Name => "DateTime";

    public IReadOnlyList<KeywordDescriptor> Keywords => Table;

    private static PyDateTime Shift(PyDateTime date, double seconds) =>
        (PyDateTime)PyArithmetic.Binary("+", date, PyTimeDelta.FromSeconds(seconds))!;

    private static double Seconds(object? value) => value switch
    {
        PyTimeDelta delta => delta.TotalSeconds,
        string text => TimeStrings.TryParse(text, out var seconds, digits: null)
            ? seconds
            : throw PyErrorException.ValueError($"Invalid time string '{text}'."),
        _ => PyNumbers.TryGetDouble(value, out var number) ? number : throw PyErrorException.ValueError($"Invalid time string '{PyText.Str(value)}'."),
    };
}
