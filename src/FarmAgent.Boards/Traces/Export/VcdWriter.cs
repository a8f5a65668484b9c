using System.Globalization;

namespace FarmAgent.Boards.Traces.Export;

/// <summary>
/// Writes changes of signals as a value change dump (IEEE 1364-2005 chapter 18): a header with declarations, then changes in the order of time.
/// Signals are added first, then changes, then all is written. Wires of one bit alone: sigrok 0.5, PulseView's library, takes no others.
/// </summary>
internal sealed class VcdWriter
{
    private readonly List<Signal> _signals = [];
    private readonly List<Change> _changes = [];

    /// <summary>Adds a signal.</summary>
    /// <param name="scope">Module that it stands in.</param>
    /// <param name="name">Its name; what is no letter, digit or underscore becomes one.</param>
    /// <param name="initial">Level at the start; null for unknown.</param>
    /// <returns>Its number.</returns>
    public int AddSignal(string scope, string name, bool? initial)
    {
        _signals.Add(new Signal(Clean(scope), Clean(name), initial));
        return _signals.Count - 1;
    }

    /// <summary>Adds a change.</summary>
    /// <param name="signal">Number of the signal.</param>
    /// <param name="at">Time in ticks of 100 ns from the start of the dump; earlier is taken as the start.</param>
    /// <param name="value">New level.</param>
    public void Add(int signal, long at, bool value) => _changes.Add(new Change(Math.Max(0, at), _changes.Count, signal, value));

    /// <summary>Writes everything.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="comment">What this is.</param>
    public void Write(TextWriter output, string comment)
    {
        output.Write("$version\n   farm-agent flight recorder\n$end\n");
        output.Write($"$comment\n   {comment.Replace("$", "", StringComparison.Ordinal)}\n$end\n");
        output.Write("$timescale 100 ns $end\n");
        foreach (var (scope, signals) in _signals.Select((s, i) => (Signal: s, Number: i)).GroupBy(s => s.Signal.Scope, StringComparer.Ordinal).Select(g => (g.Key, g)))
        {
            output.Write($"$scope module {scope} $end\n");
            foreach (var (signal, number) in signals)
            {
                output.Write($"$var wire 1 {IdOf(number)} {signal.Name} $end\n");
            }

            output.Write("$upscope $end\n");
        }

        output.Write("$enddefinitions $end\n#0\n$dumpvars\n");
        var present = _signals.Select(s => s.Initial).ToArray();
        for (var i = 0; i < _signals.Count; i++)
        {
            WriteValue(output, i, present[i]);
        }

        output.Write("$end\n");
        var now = 0L;
        foreach (var change in _changes.OrderBy(c => c.At).ThenBy(c => c.Order))
        {
            if (present[change.Signal] == change.Value)
            {
                continue;
            }

            if (change.At != now)
            {
                now = change.At;
                output.Write(string.Create(CultureInfo.InvariantCulture, $"#{now}\n"));
            }

            present[change.Signal] = change.Value;
            WriteValue(output, change.Signal, change.Value);
        }

        // The last value lasts for a moment, too.
        output.Write(string.Create(CultureInfo.InvariantCulture, $"#{now + 100}\n"));
    }

    private static void WriteValue(TextWriter output, int number, bool? value) =>
        output.Write($"{value switch { true => '1', false => '0', null => 'x' }}{IdOf(number)}\n");

    /// <summary>Identifier codes are printable characters from '!' on; a letter is safe with every reader.</summary>
    private static string IdOf(int number) => number < 26 ? ((char)('a' + number)).ToString() : $"{(char)('A' + ((number / 26) - 1))}{(char)('a' + (number % 26))}";

    private static string Clean(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));

    private sealed record Signal(string Scope, string Name, bool? Initial);

    private readonly record struct Change(long At, int Order, int Signal, bool Value);
}
