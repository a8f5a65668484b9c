namespace FarmAgent.Robot.Libraries;

/// <summary>The part of a documentation that results show.</summary>
internal static class FirstParagraph
{
    public static string Of(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal))
        {
            return text.Trim();
        }

        var lines = text.Split('\n').Select(line => line.Trim()).SkipWhile(line => line.Length == 0).TakeWhile(line => line.Length > 0);
        return string.Join('\n', lines);
    }
}
