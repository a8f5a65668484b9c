namespace FarmAgent.Robot.Results;

/// <summary>A log message.</summary>
/// <param name="time">Local time at which it was written.</param>
/// <param name="level">Its level.</param>
/// <param name="text">Its text, with line feeds only.</param>
/// <param name="html">Whether the text is HTML.</param>
public sealed class Message(DateTimeOffset time, MessageLevel level, string text, bool html = false)
{
    /// <summary>Local time at which it was written.</summary>
    public DateTimeOffset Time { get; } = time;

    /// <summary>Its level.</summary>
    public MessageLevel Level { get; } = level;

    /// <summary>Its text, with line feeds only.</summary>
    public string Text { get; } = text;

    /// <summary>Whether the text is HTML.</summary>
    public bool Html { get; } = html;
}
