using System.Globalization;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>A test or keyword timeout.</summary>
internal sealed class ActiveTimeout
{
    private readonly IRobotClock _clock;
    private readonly double _seconds;
    private TimeSpan? _start;

    private ActiveTimeout(string kind, double seconds, string text, string? error, IRobotClock clock) =>
        (Kind, _seconds, Text, Error, _clock) = (kind, seconds, text, error, clock);

    /// <summary><c>Test</c>, <c>Task</c> or <c>Keyword</c>.</summary>
    public string Kind { get; }

    /// <summary>The timeout in words.</summary>
    public string Text { get; }

    /// <summary>Why its text is not a time.</summary>
    public string? Error { get; }

    public bool IsKeyword => Kind == "Keyword";

    public double SecondsLeft => _start is { } start ? _seconds - (_clock.Monotonic - start).TotalSeconds : _seconds;

    public bool IsOver => SecondsLeft <= 0;

    public string ExceededMessage => $"{Kind} timeout {Text} exceeded.";

    public string StateMessage => SecondsLeft is var left and > 0
        ? $"{Kind} timeout {Text} active. {left.ToString("F3", CultureInfo.InvariantCulture)} seconds left."
        : ExceededMessage;

    /// <summary>Reads a timeout; <see langword="null"/> if it is none. A bad one fails the first library keyword.</summary>
    public static ActiveTimeout? Create(string kind, string? written, VariableScopes variables, IRobotClock clock)
    {
        if (string.IsNullOrEmpty(written))
        {
            return null;
        }

        string? problem;
        try
        {
            var text = variables.ReplaceString(written);
            if (text.Length == 0 || text.Equals("NONE", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            if (TimeStrings.TryParse(text, out var seconds))
            {
                return seconds <= 0 ? null : new ActiveTimeout(kind, seconds, TimeStrings.Format(seconds), null, clock);
            }

            problem = $"Invalid time string '{text}'.";
        }
        catch (VariableSyntaxException error)
        {
            problem = error.Message;
        }

        return new ActiveTimeout(kind, 1e-6, written, $"Setting {kind.ToLowerInvariant()} timeout failed: {problem}", clock);
    }

    public void Start() => _start = _clock.Monotonic;

    public TimeoutExceededException Exceeded() => new(ExceededMessage, !IsKeyword);
}
