using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Keywords;

/// <summary>Log levels given to keywords.</summary>
internal static class KeywordLevels
{
    /// <exception cref="KeywordFailedException">There is no such level.</exception>
    public static MessageLevel Parse(string text) => MessageLevelExtensions.TryParse(text, out var level)
        ? level
        : throw new KeywordFailedException($"Invalid log level '{text}'.");
}
