using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>
/// Writes <c>log.html</c>: statistics, errors, and the tree of suites, tests, keywords and messages. The bodies of tests and suite fixtures are
/// written while the run goes on, each as JSON in a <c>script</c> element of its own (<c>b-</c> and the identifier of the test, or of the suite and
/// <c>-setup</c> or <c>-teardown</c>); the browser reads one only when somebody opens it. What is known at the end follows them.
/// </summary>
internal sealed class LogHtmlWriter : IRobotListener, IDisposable
{
    private readonly Utf8Output _output;
    private readonly string _path;
    private readonly string? _title;
    private readonly StatisticsBuilder _statistics;
    private readonly LogStrings _strings = new();
    private readonly LogBodyWriter _body;
    private readonly List<string> _expanded = [];
    private readonly Stack<List<LogRegion>> _fixtures = new();
    private SuiteResult? _suite;
    private bool _isInTest;
    private int _depth;

    /// <summary>Makes a writer.</summary>
    /// <param name="output">Where to; closed with the writer.</param>
    /// <param name="path">The name that is announced.</param>
    /// <param name="title">Title of the page; by default the name of the top suite decides.</param>
    /// <param name="statistics">Counts the tests at the end.</param>
    /// <param name="pruning">What is left out.</param>
    public LogHtmlWriter(Utf8Output output, string path, string? title, StatisticsBuilder statistics, LogPruning pruning)
    {
        (_output, _path, _title, _statistics) = (output, path, title, statistics);
        _body = new LogBodyWriter(output, _strings, pruning);
    }

    public void StartSuite(SuiteResult suite)
    {
        _suite = suite;
        _fixtures.Push([]);
        if (suite.Parent is null)
        {
            _body.Start = suite.StartTime;
            HtmlPage.Start(_output, _title ?? $"{suite.Name} Log");
        }
    }

    public void EndSuite(SuiteResult suite)
    {
        _suite = suite.Parent;
        var fixtures = _fixtures.Pop();
        if (suite.Status != Status.Fail)
        {
            // Whether the suite passes is known after its tests have been written behind the setup, and they cannot be moved.
            fixtures.ForEach(fixture => fixture.Clear(_output, keepsLength: true));
        }

        _output.Flush();
    }

    public void StartTest(TestResult test)
    {
        _isInTest = true;
        StartBlock(test.Id);
    }

    public void EndTest(TestResult test)
    {
        _isInTest = false;
        if (test.Status == Status.Pass && !_body.HasTrouble)
        {
            foreach (var region in _body.Regions.Reverse())
            {
                region.Clear(_output);
            }
        }

        EndBlock(test.Id);
    }

    public void StartStep(StepResult step)
    {
        if (_depth++ == 0 && !_isInTest)
        {
            StartBlock(_suite!.Id + (step is KeywordResult { Role: KeywordRole.Teardown } ? "-teardown" : "-setup"));
        }

        _body.StartStep(step);
    }

    public void EndStep(StepResult step)
    {
        _body.EndStep(step);
        if (--_depth == 0 && !_isInTest)
        {
            if (!_body.HasTrouble)
            {
                _fixtures.Peek().AddRange(_body.Regions);
            }

            EndBlock(_suite!.Id);
        }
    }

    public void LogMessage(Message message) => _body.Write(message);

    public void Close(RunResult result, Action<string, string> announce)
    {
        HtmlStatistics.Write(_output, _statistics.Build(result.Suite, result.Rpa));
        HtmlStatistics.WriteErrors(_output, result);
        _output.Write("<h2>Execution log</h2>\n<div id=\"log\"></div>\n<script type=\"application/json\" id=\"index\">{\"start\":"u8);
        JsonText.Write(_output, ResultTimes.Iso(result.Suite.StartTime));
        _output.Write(result.Rpa ? ",\"rpa\":true,\"strings\":"u8 : ",\"rpa\":false,\"strings\":"u8);
        _strings.WriteTable(_output);
        _output.Write(",\"open\":["u8);
        for (var i = 0; i < _expanded.Count; i++)
        {
            _output.Write(i == 0 ? ""u8 : ","u8);
            JsonText.Write(_output, _expanded[i]);
        }

        _output.Write("],\"suite\":"u8);
        new LogIndexWriter(_output).Write(result.Suite);
        _output.Write("}</script>\n<script>\n"u8);
        _output.Write(HtmlPage.Script("log-viewer.js"));
        _output.Write("</script>\n</body>\n</html>\n"u8);
        _output.Dispose();
        announce("Log", _path);
    }

    public void Dispose() => _output.Dispose();

    private void StartBlock(string id)
    {
        _output.Write("<script type=\"application/json\" id=\"b-"u8);
        _output.Write(id);
        _output.Write("\">"u8);
        _body.StartBody();
    }

    private void EndBlock(string id)
    {
        if (_body.IsExpanded)
        {
            _expanded.Add(id);
        }

        _body.EndBody();
        _output.Write("</script>\n"u8);
    }
}
