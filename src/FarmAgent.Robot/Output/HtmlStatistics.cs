using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>The statistics tables and the list of errors of the HTML files.</summary>
internal static class HtmlStatistics
{
    public static void Write(TextWriter output, RunStatistics statistics)
    {
        output.Write("<h2>Statistics</h2>\n<table>\n<tr><th>Total</th><th class=\"n\">Total</th><th class=\"n\">Pass</th><th class=\"n\">Fail</th><th class=\"n\">Skip</th></tr>\n");
        WriteRow(output, statistics.TotalName, statistics.Total);
        if (statistics.Tags.Count > 0)
        {
            output.Write("<tr><th colspan=\"5\">By tag</th></tr>\n");
            foreach (var tag in statistics.Tags)
            {
                WriteRow(output, MarkupText.Escape(tag.Name) + Notes(tag), tag.Count);
            }
        }

        output.Write("<tr><th colspan=\"5\">By suite</th></tr>\n");
        foreach (var (suite, count) in statistics.Suites)
        {
            WriteRow(output, MarkupText.Escape(suite.FullName), count);
        }

        output.Write("</table>\n");
    }

    public static void WriteErrors(TextWriter output, RunResult result)
    {
        if (result.Errors.Count == 0)
        {
            return;
        }

        output.Write("<h2>Errors and warnings</h2>\n");
        foreach (var message in result.Errors)
        {
            HtmlMessages.Write(output, message);
        }
    }

    // What a combined statistic counts, the documentation of a tag, and its links.
    private static string Notes(TagStatistic tag)
    {
        var notes = new[] { tag.Combined, tag.Documentation }.Where(text => !string.IsNullOrEmpty(text)).Select(text => $" <span class=\"k\">{MarkupText.Escape(text!)}</span>");
        var links = tag.Links.Split(":::", StringSplitOptions.RemoveEmptyEntries).Select(link =>
        {
            var colon = link.IndexOf(':', StringComparison.Ordinal);
            return $" <a href=\"{MarkupText.EscapeAttribute(link[(colon + 1)..])}\">{MarkupText.Escape(link[..colon])}</a>";
        });
        return string.Concat(notes.Concat(links));
    }

    private static void WriteRow(TextWriter output, string html, StatisticCount count) => output.Write(
        $"<tr><td>{html}</td><td class=\"n\">{count.Total}</td><td class=\"n\">{count.Passed}</td>"
        + $"<td class=\"n\">{count.Failed}</td><td class=\"n\">{count.Skipped}</td></tr>\n");
}

/// <summary>Log messages in the HTML files.</summary>
internal static class HtmlMessages
{
    public static void Write(TextWriter output, Message message)
    {
        var level = message.Level.ToText();
        var style = message.Level is MessageLevel.Fail ? "lFAIL" : level;
        var text = message.Html ? $"<div>{message.Text}</div>" : $"<pre>{MarkupText.Escape(message.Text)}</pre>";
        var time = message.Time.ToString("HH:mm:ss.fff", null);
        output.Write($"<div class=\"m\"><span>{time}</span><span class=\"{style}\">{level}</span>{text}</div>\n");
    }
}
