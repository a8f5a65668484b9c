using System.Globalization;
using System.Text;

namespace FarmAgent.Keywords.Traces;

/// <summary>Exchanges with the bench as a table for a person.</summary>
internal static class BusTraceTable
{
    private const int WidestColumn = 60;

    /// <summary>One exchange a line, newest last.</summary>
    public static string Of(IReadOnlyList<BusExchange> exchanges)
    {
        var line = Width(exchanges, e => e.Line);
        var what = Width(exchanges, e => e.What);
        var text = new StringBuilder("Last exchanges with the bench, newest last:");
        foreach (var exchange in exchanges)
        {
            text.Append('\n').Append(Time(exchange.First)).Append("  ").Append(exchange.Line.PadRight(line)).Append("  ")
                .Append(exchange.What.PadRight(what)).Append("  ").Append(exchange.Outcome);
            if (exchange.Count > 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"  ({exchange.Count} times, until {Time(exchange.Last)})");
            }
        }

        return text.ToString();
    }

    private static string Time(DateTimeOffset time) => time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static int Width(IEnumerable<BusExchange> exchanges, Func<BusExchange, string> column) => Math.Min(exchanges.Max(e => column(e).Length), WidestColumn);
}
