using FarmAgent.Robot.Results;
using FarmAgent.Robot.Settings;

namespace FarmAgent.Robot.Output;

/// <summary>Shows the run on the console; each kind of console derives from it.</summary>
internal abstract class ConsoleWriter : IRobotListener
{
    protected ConsoleWriter(ConsoleStreams streams)
    {
        Streams = streams;
    }

    protected ConsoleStreams Streams { get; }

    /// <summary>The console that the options ask for.</summary>
    public static ConsoleWriter Create(RunSettings settings, TextWriter stdout, TextWriter stderr, bool isTerminal)
    {
        var streams = new ConsoleStreams(stdout, stderr, settings, isTerminal);
        return settings.Console switch
        {
            ConsoleKind.Verbose => new VerboseConsole(streams),
            ConsoleKind.Dotted => new DottedConsole(streams),
            ConsoleKind.Quiet => new QuietConsole(streams),
            _ => new SilentConsole(streams),
        };
    }

    public virtual void StartSuite(SuiteResult suite)
    {
    }

    public virtual void EndSuite(SuiteResult suite)
    {
    }

    public virtual void StartTest(TestResult test)
    {
    }

    public virtual void EndTest(TestResult test)
    {
    }

    public virtual void StartStep(StepResult step)
    {
    }

    public virtual void EndStep(StepResult step)
    {
    }

    public virtual void SystemMessage(Message message) => Streams.WriteProblem(message);

    public virtual void ConsoleText(string text, ConsoleStream stream) => Streams.Write(text, stream);

    /// <summary>Names a file that was written.</summary>
    /// <param name="kind"><c>Debug</c>, <c>Output</c>, <c>XUnit</c>, <c>Log</c> or <c>Report</c>.</param>
    /// <param name="path">Absolute path, or <c>NONE</c> for an output file that was not wanted.</param>
    public virtual void ResultFile(string kind, string path) => Streams.WriteResultFile(kind, path);

    /// <summary>The first paragraph of a documentation in one line.</summary>
    protected static string ShortDocumentation(string documentation)
    {
        var lines = Values.PyWhitespace.Lines(documentation).TakeWhile(line => line.Trim(Values.PyWhitespace.All).Length > 0);
        return string.Join(' ', lines);
    }
}
