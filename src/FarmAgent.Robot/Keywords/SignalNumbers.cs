using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Signals by name, as Linux numbers them.</summary>
internal static class SignalNumbers
{
    public const int Kill = 9;
    public const int Terminate = 15;

    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
        "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>A number, <c>TERM</c> or <c>SIGTERM</c>.</summary>
    /// <exception cref="KeywordFailedException">There is no such signal.</exception>
    public static int Find(object? signal)
    {
        var text = PyText.Str(signal);
        if (PyNumberParser.TryInteger(text, 10, out var number) && number is long value)
        {
            return (int)value;
        }

        var index = Array.IndexOf(Names, text.StartsWith("SIG", StringComparison.Ordinal) ? text[3..] : text);
        return index > 0 ? index : throw new KeywordFailedException($"Unsupported signal '{text}'.");
    }
}
