using System.Globalization;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Output;

/// <summary>Writes the debug file: every start, end and message as one line, at once.</summary>
internal sealed class DebugFileWriter(TextWriter output, string path) : IRobotListener, IDisposable
{
    private int _indent;
    private int _steps;
    private bool _separatorIsLast;

    public void StartSuite(SuiteResult suite) => Framed('=', () => Start("SUITE", suite.FullName, suite.StartTime));

    public void EndSuite(SuiteResult suite) => Framed('=', () => End("SUITE", suite.FullName, suite.StartTime, suite.Elapsed));

    public void StartTest(TestResult test) => Framed('-', () => Start("TEST", test.Name, test.StartTime));

    public void EndTest(TestResult test) => Framed('-', () => End("TEST", test.Name, test.StartTime, test.Elapsed));

    public void StartStep(StepResult step)
    {
        if (_steps++ == 0)
        {
            WriteSeparator('~');
        }

        var arguments = step is KeywordResult keyword
            ? " " + (keyword.Arguments.Count == 0 ? "[ ]" : AssignMessages.FormatList(keyword.Arguments))
            : string.Empty;
        Start(StepNames.Kind(step), StepNames.Name(step) + arguments, step.StartTime);
    }

    public void EndStep(StepResult step)
    {
        End(StepNames.Kind(step), StepNames.Name(step), step.StartTime, step.Elapsed);
        _steps--;
    }

    public void LogMessage(Message message)
    {
        if (message.Level >= MessageLevel.Debug)
        {
            Write($"{ResultTimes.Spaced(message.Time)} - {message.Level.ToText()} - {message.Text}");
        }
    }

    public void Close(RunResult result, Action<string, string> announce)
    {
        output.Dispose();
        announce("Debug", path);
    }

    public void Dispose() => output.Dispose();

    private void Framed(char separator, Action write)
    {
        WriteSeparator(separator);
        write();
        WriteSeparator(separator);
    }

    private void Start(string kind, string name, DateTimeOffset time) =>
        Write($"{ResultTimes.Spaced(time)} - INFO - +{new string('-', _indent++)} START {kind}: {name}");

    private void End(string kind, string name, DateTimeOffset start, TimeSpan elapsed) => Write(
        $"{ResultTimes.Spaced(start + elapsed)} - INFO - +{new string('-', --_indent)} END {kind}: {name} "
        + $"({elapsed.TotalSeconds.ToString("0.0#####", CultureInfo.InvariantCulture)} s)");

    private void WriteSeparator(char c)
    {
        if (!_separatorIsLast)
        {
            Write(new string(c, 78));
            _separatorIsLast = true;
        }
    }

    private void Write(string text)
    {
        output.Write(text.TrimEnd() + "\n");
        output.Flush();
        _separatorIsLast = false;
    }
}
