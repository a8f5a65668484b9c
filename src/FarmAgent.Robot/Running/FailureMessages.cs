namespace FarmAgent.Robot.Running;

/// <summary>How messages of several failures are put together.</summary>
internal static class FailureMessages
{
    public const string HtmlMark = "*HTML*";

    public static bool IsHtml(string message) => message.StartsWith(HtmlMark, StringComparison.Ordinal);

    public static string WithoutMark(string message) => IsHtml(message) ? message[HtmlMark.Length..].TrimStart() : message;

    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>A message for a text that is HTML.</summary>
    public static string ToHtml(string message) => IsHtml(message) ? WithoutMark(message) : Escape(message);

    public static string Combine(IReadOnlyList<Failure> failures)
    {
        var messages = failures.Select(failure => failure.Message).ToList();
        if (messages.Count == 1)
        {
            return messages[0];
        }

        var html = messages.Any(IsHtml) ? HtmlMark + " " : "";
        if (html.Length > 0)
        {
            messages = messages.ConvertAll(ToHtml);
        }

        var prefix = "Several failures occurred:";
        var skip = failures.ToList().FindIndex(failure => failure.Skip);
        if (skip >= 0)
        {
            var skipped = messages[skip];
            messages.RemoveAt(skip);
            if (messages.Count == 1)
            {
                return $"{html}{skipped}\n\nAlso failure occurred:\n{messages[0]}";
            }

            prefix = $"{skipped}\n\nAlso failures occurred:";
        }

        return html + string.Join("\n\n", messages.Select((message, i) => $"{i + 1}) {message}").Prepend(prefix));
    }
}
