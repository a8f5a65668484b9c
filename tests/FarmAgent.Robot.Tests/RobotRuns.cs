using System.Xml.Linq;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using TestResult = FarmAgent.Robot.Results.TestResult;

namespace FarmAgent.Robot.Tests;

/// <summary>Runs a suite given as text and keeps everything that comes out.</summary>
internal sealed class RobotRuns : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("robot-tests");

    public StringWriter Stdout { get; } = new();

    public StringWriter Stderr { get; } = new();

    public RunResult? Result { get; private set; }

    public IReadOnlyDictionary<string, LibraryFactory> Libraries { get; init; } = new Dictionary<string, LibraryFactory>();

    public IReadOnlyList<IRobotListener> Listeners { get; init; } = [];

    public CancellationToken Cancellation { get; init; }

    /// <summary>Whether Python libraries find an interpreter.</summary>
    public bool HasPython { get; init; } = true;

    public XElement Output => XDocument.Load(Path.Combine(_folder.FullName, "out", "output.xml")).Root!;

    /// <summary>Writes a file beside the suite and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a suite and gives the exit code.</summary>
    public int Run(string suite, params string[] options) => RunPaths([Write("suite.robot", suite)], options);

    public int RunPaths(IReadOnlyList<string> paths, params string[] options) => RobotProgram.Run(
        ["--outputdir", Path.Combine(_folder.FullName, "out"), "--log", "NONE", "--report", "NONE", .. options, .. paths],
        HasPython
            ? new RobotHost
            {
                Stdout = Stdout,
                Stderr = Stderr,
                Libraries = Libraries,
                Listeners = Listeners,
                Cancellation = Cancellation,
                Finished = result => Result = result,
            }
            : new RobotHost { Stdout = Stdout, Stderr = Stderr, Libraries = Libraries, Python = null, Finished = result => Result = result });

    /// <summary>Runs one test and gives its result.</summary>
    public TestResult RunTest(string body, string rest = "")
    {
        Run($"*** Test Cases ***\nTest\n{Indent(body)}\n{rest}");
        return Result!.Suite.Tests[0];
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Indent(string body) => string.Join('\n', body.Split('\n').Select(line => "    " + line));
}
