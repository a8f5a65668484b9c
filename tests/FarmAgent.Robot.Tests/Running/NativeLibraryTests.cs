using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Tests.Running;

public sealed class NativeLibraryTests : IDisposable
{
    private readonly RobotRuns _runs = new()
    {
        Libraries = new Dictionary<string, LibraryFactory> { ["Bench.Bench"] = new("pin: int=3", arguments => new BenchLibrary(arguments.Integer("pin"))) },
    };

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Import_PythonFileWithTwin_UsesTheTwin()
    {
        _runs.Write("Bench.py", "raise Exception");
        _runs.Run("*** Settings ***\nLibrary    Bench.py    7\n*** Test Cases ***\nT\n    ${pin} =    Pin\n    Should Be Equal    ${pin}    ${7}\n");
        Assert.Equal(Status.Pass, _runs.Result!.Suite.Tests[0].Status);
    }

    [Fact]
    public void Import_PythonFileWithoutInterpreter_SaysWhatToInstallAndWhichTwinsThereAre()
    {
        using var runs = new RobotRuns { Libraries = _runs.Libraries, HasPython = false };
        runs.Write("Other.py", "");
        runs.Run("*** Settings ***\nLibrary    Other.py\n*** Test Cases ***\nT\n    No Operation\n");
        Assert.Contains("need 'python3', which is not installed. Install it, or use a native twin; there are: 'Bench.Bench'.", runs.Stderr.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AddTags_FromAKeyword_TagsTheTest()
    {
        _runs.Run("*** Settings ***\nLibrary    Bench.Bench\n*** Test Cases ***\nT\n    Mark\n");
        Assert.Equal(["farm:bench-error"], _runs.Result!.Suite.Tests[0].Tags);
    }

    private sealed class BenchLibrary(long pin) : IKeywordLibrary
    {
        public string Name => "Bench";

        public IReadOnlyList<KeywordDescriptor> Keywords { get; } =
        [
            new("Pin", "", (_, _) => pin),
            new("Mark", "", (context, _) =>
            {
                context.AddTags("farm:bench-error");
                return null;
            }),
        ];
    }
}
