using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Writes <c>log.html</c>: statistics, errors, and the tree of suites, tests, keywords and messages, folded.</summary>
internal sealed class LogHtmlWriter(Func<TextWriter> open, string path, string? title, StatisticsBuilder statistics) : IRobotListener
{
    public void Close(RunResult result, Action<string, string> announce)
    {
        using (var output = open())
        {
            HtmlPage.Start(output, title ?? $"{result.Suite.Name} Log");
            HtmlStatistics.Write(output, statistics.Build(result.Suite, result.Rpa));
            HtmlStatistics.WriteErrors(output, result);
            output.Write("<h2>Execution log</h2>\n");
            WriteSuite(output, result.Suite);
            HtmlPage.End(output);
        }

        announce("Log", path);
    }

    private static void WriteSuite(TextWriter output, SuiteResult suite)
    {
        var isOpen = suite.Parent is null || suite.Status == Status.Fail;
        output.Write($"<details id=\"{suite.Id}\"{(isOpen ? " open" : string.Empty)}><summary>");
        WriteHead(output, suite.Status, "SUITE", suite.Name, string.Empty, suite.Elapsed);
        WriteFacts(output, suite.Documentation, suite.Metadata, suite.Source.Length > 0 ? [new("Source", suite.Source)] : []);
        output.Write(HtmlPage.Message(suite.Message));
        if (suite.Setup is { } setup)
        {
            WriteStep(output, setup);
        }

        foreach (var child in suite.Suites)
        {
            WriteSuite(output, child);
        }

        foreach (var test in suite.Tests)
        {
            WriteTest(output, test);
        }

        if (suite.Teardown is { } teardown)
        {
            WriteStep(output, teardown);
        }

        output.Write("</details>\n");
    }

    private static void WriteTest(TextWriter output, TestResult test)
    {
        output.Write($"<details id=\"{test.Id}\"{(test.Status == Status.Fail ? " open" : string.Empty)}><summary>");
        WriteHead(output, test.Status, test.Parent.Rpa ? "TASK" : "TEST", test.Name, string.Empty, test.Elapsed);
        var facts = new List<KeyValuePair<string, string>>();
        if (test.Tags.Count > 0)
        {
            facts.Add(new("Tags", string.Join(", ", test.Tags)));
        }

        if (test.Timeout.Length > 0)
        {
            facts.Add(new("Timeout", test.Timeout));
        }

        WriteFacts(output, test.Documentation, test.Metadata, facts);
        output.Write(HtmlPage.Message(test.Message));
        WriteBody(output, test.Body);
        output.Write("</details>\n");
    }

    private static void WriteBody(TextWriter output, IEnumerable<BodyItem> body)
    {
        foreach (var item in body)
        {
            if (item is Message message)
            {
                HtmlMessages.Write(output, message);
            }
            else if (item is StepResult step)
            {
                WriteStep(output, step);
            }
        }
    }

    private static void WriteStep(TextWriter output, StepResult step)
    {
        output.Write($"<details{(step.Status == Status.Fail ? " open" : string.Empty)}><summary>");
        var keyword = step as KeywordResult;
        var arguments = keyword is null ? string.Empty : string.Join("    ", keyword.Arguments);
        var assign = keyword is { Assign.Count: > 0 } ? string.Join(", ", keyword.Assign) + " = " : string.Empty;
        WriteHead(output, step.Status, StepNames.Kind(step), assign + StepNames.Name(step), arguments, step.Elapsed);
        WriteFacts(output, keyword?.Documentation ?? string.Empty, [], keyword is { Tags.Count: > 0 } ? [new("Tags", string.Join(", ", keyword.Tags))] : []);
        WriteBody(output, step.Body);
        output.Write("</details>\n");
    }

    private static void WriteHead(TextWriter output, Status status, string kind, string name, string arguments, TimeSpan elapsed) => output.Write(
        $"{HtmlPage.Status(status.ToText())} <span class=\"k\">{kind}</span> {MarkupText.Escape(name)} "
        + $"<span class=\"a\">{MarkupText.Escape(arguments)}</span><span class=\"t\">{ResultTimes.Clock(elapsed)}</span></summary>\n");

    private static void WriteFacts(
        TextWriter output,
        string documentation,
        IEnumerable<KeyValuePair<string, string>> metadata,
        IReadOnlyList<KeyValuePair<string, string>> others)
    {
        if (documentation.Length > 0)
        {
            output.Write($"<pre>{MarkupText.Escape(documentation)}</pre>\n");
        }

        foreach (var (name, value) in others.Concat(metadata))
        {
            output.Write($"<div><span class=\"k\">{MarkupText.Escape(name)}:</span> {MarkupText.Escape(value)}</div>\n");
        }
    }
}
