using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Writes <c>report.html</c>: the outcome, statistics, and a table of all tests with links into the log.</summary>
internal sealed class ReportHtmlWriter(
    string path, string? title, string? logName, StatisticsBuilder statistics, IReadOnlyList<string>? background) : IRobotListener
{
    private const string Skipped = "#fed84f";

    public void Close(RunResult result, Action<string, string> announce)
    {
        using (var output = Utf8Output.Create(path))
        {
            HtmlPage.Start(output, title ?? $"{result.Suite.Name} Report");
            WriteBackground(output, result.Suite.Status);
            var built = statistics.Build(result.Suite, result.Rpa);
            output.Write($"<p>{HtmlPage.Status(result.Suite.Status.ToText())} {built.Total.ToText(result.Rpa)} in ");
            output.Write($"{ResultTimes.Clock(result.Suite.Elapsed)}, started {ResultTimes.Spaced(result.Suite.StartTime)[..19]}</p>\n");
            if (result.Suite.Documentation.Length > 0)
            {
                output.Write($"<pre>{MarkupText.Escape(result.Suite.Documentation)}</pre>\n");
            }

            output.Write(HtmlPage.Message(result.Suite.Message));
            HtmlStatistics.Write(output, built);
            WriteTests(output, result);
            WriteVacuous(output, result);
            HtmlPage.End(output);
        }

        announce("Report", path);
    }

    private void WriteBackground(TextWriter output, Status status)
    {
        if (background is not null)
        {
            var color = status switch { Status.Fail => background[1], Status.Skip => background.Count > 2 ? background[2] : Skipped, _ => background[0] };
            output.Write($"<style>body {{ background: {MarkupText.Escape(color)}; }}</style>\n");
        }
    }

    private static void WriteVacuous(TextWriter output, RunResult result)
    {
        if (result.VacuousTests.Count == 0)
        {
            return;
        }

        output.Write("<h2>Passed without asserting anything</h2>\n<p>No keyword ran in these that can fail on a value: they prove nothing.</p>\n<ul id=\"vacuous\">\n");
        foreach (var test in result.VacuousTests)
        {
            output.Write($"<li>{MarkupText.Escape(test.FullName)}</li>\n");
        }

        output.Write("</ul>\n");
    }

    private void WriteTests(TextWriter output, RunResult result)
    {
        output.Write($"<h2>{(result.Rpa ? "Tasks" : "Tests")}</h2>\n");
        output.Write("<table>\n<tr><th>Name</th><th>Tags</th><th>Status</th><th>Message</th><th>Elapsed</th></tr>\n");

        // The failed ones come first: they are why somebody opens the report.
        foreach (var test in result.Suite.AllTests.OrderBy(test => test.Status == Status.Fail ? 0 : test.Status == Status.Skip ? 1 : 2))
        {
            var name = MarkupText.Escape(test.FullName);
            var link = logName is null ? name : $"<a href=\"{MarkupText.EscapeAttribute(logName)}#{test.Id}\">{name}</a>";
            output.Write($"<tr><td>{link}</td><td>{MarkupText.Escape(string.Join(", ", test.Tags))}</td>");
            output.Write($"<td>{HtmlPage.Status(test.Status.ToText())}</td><td>{HtmlPage.Message(test.Message)}</td>");
            output.Write($"<td class=\"n\">{ResultTimes.Clock(test.Elapsed)}</td></tr>\n");
        }

        output.Write("</table>\n");
    }
}
