namespace FarmAgent.Robot.Results;

/// <summary>Level of a log message, in rising order of weight.</summary>
public enum MessageLevel
{
    /// <summary>Arguments and return values of keywords.</summary>
    Trace,

    /// <summary>Details for the author of the suite.</summary>
    Debug,

    /// <summary>What a keyword did.</summary>
    Info,

    /// <summary>Something odd that does not fail the test; also shown on the console.</summary>
    Warn,

    /// <summary>An error that does not fail the test by itself; also shown on the console.</summary>
    Error,

    /// <summary>The message of a skip.</summary>
    Skip,

    /// <summary>The message of a failure.</summary>
    Fail,

    /// <summary>As a threshold: nothing is logged.</summary>
    None,
}

/// <summary>The words for a <see cref="MessageLevel"/>.</summary>
public static class MessageLevelExtensions
{
    /// <summary>The word in output.xml, for example <c>INFO</c>.</summary>
    /// <param name="level">The level to name.</param>
    public static string ToText(this MessageLevel level) => level switch
    {
        MessageLevel.Trace => "TRACE",
        MessageLevel.Debug => "DEBUG",
        MessageLevel.Info => "INFO",
        MessageLevel.Warn => "WARN",
        MessageLevel.Error => "ERROR",
        MessageLevel.Skip => "SKIP",
        MessageLevel.Fail => "FAIL",
        _ => "NONE",
    };

    /// <summary>Reads a level by its word, in any case.</summary>
    /// <param name="text">The word.</param>
    /// <param name="level">The level that it names.</param>
    public static bool TryParse(string text, out MessageLevel level)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (level = MessageLevel.Trace; level <= MessageLevel.None; level++)
        {
            if (string.Equals(level.ToText(), text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        level = MessageLevel.Info;
        return false;
    }
}
