using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Writes the results as JSON while the run goes on, in the schema in which <c>rebot</c> reads them.</summary>
/// <param name="output">Where to; closed with the writer.</param>
/// <param name="path">The name that is announced.</param>
/// <param name="generator">Who writes.</param>
/// <param name="generated">Local time of the start.</param>
/// <param name="statistics">Counts the tests at the end.</param>
internal sealed class OutputJsonWriter(Utf8Output output, string path, string generator, DateTimeOffset generated, StatisticsBuilder statistics)
    : IRobotListener, IDisposable
{
    private readonly JsonStream _json = new(output);

    /// <summary>The list that is open in each object that is open.</summary>
    private readonly Stack<Container> _open = new();

    private enum Container
    {
        None,
        Suites,
        Tests,
        Body,
    }

    public void StartSuite(SuiteResult suite)
    {
        if (_open.Count == 0)
        {
            StartRobot(suite.Rpa);
            Start("suite"u8);
        }
        else
        {
            StartIn(Container.Suites);
        }

        _json.Text("id"u8, suite.Id);
    }

    public void EndSuite(SuiteResult suite)
    {
        EndList();
        _json.Text("name"u8, suite.Name);
        _json.Text("doc"u8, suite.Documentation);
        _json.Pairs("metadata"u8, ResultMetadata.Sorted(suite.Metadata));
        _json.Text("source"u8, suite.Source);
        if (suite.Rpa)
        {
            _json.Flag("rpa"u8, true);
        }

        End(suite.Status, suite.Message, suite.StartTime, suite.Elapsed);
        _json.Flush();
    }

    public void StartTest(TestResult test)
    {
        StartIn(Container.Tests);
        _json.Text("id"u8, test.Id);
    }

    public void EndTest(TestResult test)
    {
        EndList();
        _json.Text("name"u8, test.Name);
        _json.Text("doc"u8, test.Documentation);
        _json.Texts("tags"u8, test.Tags);
        _json.Pairs("metadata"u8, ResultMetadata.Sorted(test.Metadata));
        if (test.Line is { } line)
        {
            _json.Number("lineno"u8, line);
        }

        _json.Text("timeout"u8, test.Timeout);
        End(test.Status, test.Message, test.StartTime, test.Elapsed);
        _json.Flush();
    }

    public void StartStep(StepResult step)
    {
        if (step is KeywordResult { Role: not KeywordRole.Keyword } fixture)
        {
            EndList();
            Start(fixture.Role == KeywordRole.Setup ? "setup"u8 : "teardown"u8);
            return;
        }

        StartIn(Container.Body);
        if (step is not KeywordResult)
        {
            _json.Text("type"u8, StepNames.Kind(step));
        }
    }

    public void EndStep(StepResult step)
    {
        EndList();
        JsonStepFields.Write(_json, step);
        End(step.Status, step.Message, step.StartTime, step.Elapsed);
    }

    public void LogMessage(Message message)
    {
        StartIn(Container.Body);
        _json.Text("type"u8, "MESSAGE");
        WriteMessage(message);
        _open.Pop();
    }

    public void Close(RunResult result, Action<string, string> announce)
    {
        JsonStatistics.Write(_json, statistics.Build(result.Suite, result.Rpa));
        _json.StartList("errors"u8);
        foreach (var message in result.Errors)
        {
            _json.StartObject();
            WriteMessage(message);
        }

        _json.EndList();
        _json.EndObject();
        _json.Close();
        announce("Output", path);
    }

    public void Dispose() => _json.Dispose();

    private void StartRobot(bool isRpa)
    {
        _json.StartObject();
        _json.Text("generator"u8, generator);
        _json.Text("generated"u8, ResultTimes.Iso(generated));
        _json.Flag("rpa"u8, isRpa);
    }

    private void Start(ReadOnlySpan<byte> name = default)
    {
        _json.StartObject(name);
        _open.Push(Container.None);
    }

    private void StartIn(Container container)
    {
        if (_open.Peek() != container)
        {
            EndList();
            _json.StartList(container switch { Container.Suites => "suites"u8, Container.Tests => "tests"u8, _ => "body"u8 });
            _open.Pop();
            _open.Push(container);
        }

        Start();
    }

    private void EndList()
    {
        if (_open.Peek() != Container.None)
        {
            _json.EndList();
            _open.Pop();
            _open.Push(Container.None);
        }
    }

    private void End(Status status, string message, DateTimeOffset start, TimeSpan elapsed)
    {
        _json.Text("status"u8, status.ToText());
        _json.Text("message"u8, message);
        _json.Text("start_time"u8, ResultTimes.Iso(start));
        _json.Seconds("elapsed_time"u8, elapsed);
        _json.EndObject();
        _open.Pop();
    }

    private void WriteMessage(Message message)
    {
        _json.Text("message"u8, message.Text);
        _json.Text("level"u8, message.Level.ToText());
        if (message.Html)
        {
            _json.Flag("html"u8, true);
        }

        _json.Text("timestamp"u8, ResultTimes.Iso(message.Time));
        _json.EndObject();
    }
}
