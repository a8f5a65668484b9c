using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Shows each suite and each test with its status and message.</summary>
internal sealed class VerboseConsole(ConsoleStreams streams) : ConsoleWriter(streams)
{
    private const int StatusLength = 8;

    private string _info = string.Empty;
    private bool _isInTest;
    private int _depth;
    private int _markers;

    public override void StartSuite(SuiteResult suite)
    {
        if (suite.Parent is null)
        {
            WriteSeparator('=');
        }

        WriteInfo(suite.FullName, suite.Documentation, Streams.Width, "\n");
        WriteSeparator('=');
    }

    public override void EndSuite(SuiteResult suite)
    {
        WriteInfo(suite.FullName, suite.Documentation, Streams.Width - StatusLength - 1, " ");
        var counts = StatisticCount.Of(suite).ToText(suite.Rpa);
        WriteStatus(suite.Status, suite.Message.Length > 0 ? $"{suite.Message}\n\n{counts}" : counts);
        WriteSeparator('=');
    }

    public override void StartTest(TestResult test)
    {
        _isInTest = true;
        WriteInfo(test.Name, test.Documentation, Streams.Width - StatusLength - 1, " ");
    }

    public override void EndTest(TestResult test)
    {
        WriteStatus(test.Status, test.Message);
        WriteSeparator('-');
        _isInTest = false;
    }

    public override void StartStep(StepResult step) => _depth++;

    public override void EndStep(StepResult step)
    {
        _depth--;
        if (_isInTest && _depth == 0 && Streams.HasMarkers)
        {
            WriteMarker(step.Status);
        }
    }

    public override void SystemMessage(Message message)
    {
        if (_markers == 0)
        {
            base.SystemMessage(message);
            return;
        }

        ClearLine();
        base.SystemMessage(message);
        Streams.Write(_info);
        _markers = 0;
    }

    private void WriteSeparator(char c) => Streams.Write(new string(c, Streams.Width) + "\n");

    private void WriteInfo(string name, string documentation, int width, string separator)
    {
        var text = documentation.Length > 0 && ConsoleWidth.Of(name) < width ? $"{name} :: {ShortDocumentation(documentation)}" : name;
        _info = ConsoleWidth.Pad(text, width) + separator;
        _markers = 0;
        Streams.Write(_info);
    }

    private void WriteStatus(Status status, string message)
    {
        if (_markers > 0)
        {
            ClearMarkers();
        }

        Streams.Write($"| {Streams.Highlight(status.ToText())} |\n");
        if (message.Length > 0)
        {
            Streams.Write(message.Trim(Values.PyWhitespace.All) + "\n");
        }
    }

    private void WriteMarker(Status status)
    {
        if (_markers == StatusLength)
        {
            ClearMarkers();
        }

        Streams.Write(status == Status.Fail ? Streams.Highlight("FAIL", "F") : Streams.Highlight("PASS", "."));
        _markers++;
    }

    private void ClearMarkers()
    {
        ClearLine();
        Streams.Write(_info);
        _markers = 0;
    }

    private void ClearLine() => Streams.Write($"\r{new string(' ', Streams.Width)}\r");
}
