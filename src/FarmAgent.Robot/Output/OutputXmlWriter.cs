using System.Globalization;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Writes <c>output.xml</c> while the run goes on: schema version 5, or 4 for tools that stopped at it.</summary>
internal sealed class OutputXmlWriter : IRobotListener, IDisposable
{
    private readonly XmlStream _xml;
    private readonly string _path;
    private readonly string _generator;
    private readonly DateTimeOffset _generated;
    private readonly StatisticsBuilder _statistics;
    private readonly bool _isLegacy;
    private bool _isStarted;

    /// <summary>Makes a writer.</summary>
    /// <param name="output">Where to; closed with the writer.</param>
    /// <param name="path">The name that is announced.</param>
    /// <param name="generator">Who writes, for example <c>Robot 0.1.0 (FarmAgent)</c>.</param>
    /// <param name="generated">Local time of the start.</param>
    /// <param name="statistics">Counts the tests at the end.</param>
    /// <param name="isLegacy">Whether to write version 4 of the schema.</param>
    public OutputXmlWriter(
        Utf8Output output, string path, string generator, DateTimeOffset generated, StatisticsBuilder statistics, bool isLegacy = false)
    {
        _xml = new XmlStream(output, isLegacy);
        _isLegacy = isLegacy;
        (_path, _generator, _generated, _statistics) = (path, generator, generated, statistics);
    }

    public void StartSuite(SuiteResult suite)
    {
        StartRobot(suite.Rpa);
        _xml.Start("suite", ("id", suite.Id), ("name", suite.Name), ("source", suite.Source));
    }

    public void EndSuite(SuiteResult suite)
    {
        _xml.Element("doc", suite.Documentation);
        WriteMetadata(suite.Metadata);
        _xml.Status(suite.Status, suite.StartTime, suite.Elapsed, suite.Message);
        _xml.End("suite");
        _xml.Flush();
    }

    public void StartTest(TestResult test) => _xml.Start(
        "test", ("id", test.Id), ("name", test.Name), ("line", test.Line?.ToString(CultureInfo.InvariantCulture)));

    public void EndTest(TestResult test)
    {
        _xml.Element("doc", test.Documentation);
        WriteMetadata(test.Metadata);
        WriteAll("tag", test.Tags);
        WriteTimeout(test.Timeout);
        _xml.Status(test.Status, test.StartTime, test.Elapsed, test.Message);
        _xml.End("test");
        _xml.Flush();
    }

    public void StartKeyword(KeywordResult keyword) => _xml.Start(
        "kw",
        ("name", keyword.Name),
        (_isLegacy ? "library" : "owner", keyword.Owner),
        ("type", keyword.Role == KeywordRole.Keyword ? null : keyword.Role == KeywordRole.Setup ? "SETUP" : "TEARDOWN"),
        (_isLegacy ? "sourcename" : "source_name", keyword.SourceName));

    public void EndKeyword(KeywordResult keyword)
    {
        WriteAll("var", keyword.Assign);
        WriteAll("arg", keyword.Arguments);
        WriteAll("tag", keyword.Tags);
        _xml.Element("doc", keyword.Documentation);
        WriteTimeout(keyword.Timeout);
        End("kw", keyword);
    }

    public void StartFor(ForResult loop) =>
        _xml.Start("for", ("flavor", loop.Flavor), ("start", loop.Start), ("mode", loop.Mode), ("fill", loop.Fill));

    public void EndFor(ForResult loop)
    {
        WriteAll("var", loop.Assign);
        WriteAll("value", loop.Values);
        End("for", loop);
    }

    public void StartWhile(WhileResult loop) => _xml.Start(
        "while", ("condition", loop.Condition), ("limit", loop.Limit), ("on_limit", loop.OnLimit), ("on_limit_message", loop.OnLimitMessage));

    public void EndWhile(WhileResult loop) => End("while", loop);

    public void StartIteration(IterationResult iteration) => _xml.Start("iter");

    public void EndIteration(IterationResult iteration)
    {
        foreach (var (name, value) in iteration.Assign)
        {
            _xml.Element("var", value, ("name", name));
        }

        End("iter", iteration);
    }

    public void StartIf(IfResult structure) => _xml.Start("if");

    public void EndIf(IfResult structure) => End("if", structure);

    public void StartIfBranch(IfBranchResult branch) => _xml.Start("branch", ("type", branch.Type), ("condition", branch.Condition));

    public void EndIfBranch(IfBranchResult branch) => End("branch", branch);

    public void StartTry(TryResult structure) => _xml.Start("try");

    public void EndTry(TryResult structure) => End("try", structure);

    public void StartTryBranch(TryBranchResult branch)
    {
        _xml.Start("branch", ("type", branch.Type), ("pattern_type", branch.PatternType), ("assign", branch.Assign));
        WriteAll("pattern", branch.Patterns);
    }

    public void EndTryBranch(TryBranchResult branch) => End("branch", branch);

    public void StartGroup(GroupResult group) => _xml.Start("group", ("name", group.Name));

    public void EndGroup(GroupResult group) => End("group", group);

    public void StartVar(VarResult statement) =>
        _xml.StartWithEmpty("variable", ("name", statement.Name), ("scope", statement.Scope), ("separator", statement.Separator));

    public void EndVar(VarResult statement)
    {
        WriteAll("var", statement.Values);
        End("variable", statement);
    }

    public void StartReturn(ReturnResult statement) => _xml.Start("return");

    public void EndReturn(ReturnResult statement)
    {
        WriteAll("value", statement.Values);
        End("return", statement);
    }

    public void StartBreak(BreakResult statement) => _xml.Start("break");

    public void EndBreak(BreakResult statement) => End("break", statement);

    public void StartContinue(ContinueResult statement) => _xml.Start("continue");

    public void EndContinue(ContinueResult statement) => End("continue", statement);

    public void StartError(ErrorResult row) => _xml.Start("error");

    public void EndError(ErrorResult row)
    {
        WriteAll("value", row.Values);
        End("error", row);
    }

    public void LogMessage(Message message) => _xml.Message(message);

    public void Close(RunResult result, Action<string, string> announce)
    {
        StartRobot(result.Rpa);
        WriteStatistics(_statistics.Build(result.Suite, result.Rpa));
        _xml.Start("errors");
        foreach (var message in result.Errors)
        {
            _xml.Message(message);
        }

        _xml.End("errors");
        _xml.End("robot");
        _xml.Dispose();
        announce("Output", _path);
    }

    public void Dispose() => _xml.Dispose();

    private void StartRobot(bool isRpa)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _xml.Start(
                "robot",
                ("generator", _generator),
                ("generated", _isLegacy ? ResultTimes.Legacy(_generated) : ResultTimes.Iso(_generated)),
                ("rpa", isRpa ? "true" : "false"),
                ("schemaversion", _isLegacy ? "4" : "5"));
        }
    }

    private void WriteAll(string name, IEnumerable<string> items)
    {
        foreach (var item in items)
        {
            _xml.Element(name, item);
        }
    }

    private void WriteMetadata(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        foreach (var (name, value) in ResultMetadata.Sorted(metadata))
        {
            _xml.Element("meta", value, ("name", name));
        }
    }

    private void WriteTimeout(string timeout) => _xml.Element("timeout", string.Empty, ("value", timeout));

    private void End(string name, StepResult step)
    {
        // Version 4 has messages of suites, tests and teardowns only.
        var hasMessage = !_isLegacy || step is KeywordResult { Role: KeywordRole.Teardown };
        _xml.Status(step.Status, step.StartTime, step.Elapsed, hasMessage ? step.Message : string.Empty);
        _xml.End(name);
    }

    private void WriteStatistics(RunStatistics statistics)
    {
        _xml.Start("statistics");
        _xml.Start("total");
        WriteStatistic(statistics.TotalName, statistics.Total);
        _xml.End("total");
        _xml.Start("tag");
        foreach (var tag in statistics.Tags)
        {
            WriteStatistic(
                tag.Name,
                tag.Count,
                ("doc", tag.Documentation),
                ("links", tag.Links),
                ("info", tag.Combined is null ? null : "combined"),
                ("combined", tag.Combined));
        }

        _xml.End("tag");
        _xml.Start("suite");
        foreach (var (suite, count) in statistics.Suites)
        {
            WriteStatistic(suite.FullName, count, ("name", suite.Name), ("id", suite.Id));
        }

        _xml.End("suite");
        _xml.End("statistics");
    }

    private void WriteStatistic(string text, StatisticCount count, params ReadOnlySpan<(string Name, string? Value)> attributes) => _xml.Element(
        "stat",
        text,
        [
            .. attributes,
            ("pass", count.Passed.ToString(CultureInfo.InvariantCulture)),
            ("fail", count.Failed.ToString(CultureInfo.InvariantCulture)),
            ("skip", count.Skipped.ToString(CultureInfo.InvariantCulture)),
        ]);
}
