using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Scenarios;

/// <summary>A test that types what a user types, against a real agent on the virtual bench.</summary>
public abstract class BoardScenario : IAsyncLifetime
{
    protected static readonly string Expander = RepositoryFiles.At("tests/dut-firmware/bin/expander.elf");
    protected static readonly string ExpanderHse = RepositoryFiles.At("tests/dut-firmware/bin/expander-hse.elf");
    protected static readonly string Blinky = RepositoryFiles.At("tests/dut-firmware/bin/blinky.elf");
    protected static readonly string SampleSuite = RepositoryFiles.At("samples/suites/expander.robot");

    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("results-");

    /// <summary>The agent of this test.</summary>
    protected AgentProcess Agent { get; private set; } = null!;

    /// <summary>Folder for what commands write.</summary>
    protected string Results => _results.FullName;

    public async ValueTask InitializeAsync() => Agent = await AgentProcess.StartAsync(ProgramPair.Developer);

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        _results.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A command that must succeed.</summary>
    protected async Task<CommandResult> DoAsync(params string[] arguments)
    {
        var result = await Agent.FarmctlAsync(arguments);
        Assert.True(result.ExitCode == 0, $"farmctl {string.Join(' ', arguments)}: {result}\n--- agent\n{Agent.Log}");
        return result;
    }

    /// <summary>A run of a suite with its results in a folder of its own.</summary>
    protected Task<CommandResult> RunSuiteAsync(string suite, params string[] options) =>
        Agent.FarmctlAsync(["run", .. options.TakeWhile(option => option != "--"), "--output", Results, suite, .. options.SkipWhile(option => option != "--")]);

    /// <summary>A suite of one's own, in a folder of its own.</summary>
    protected string WriteSuite(string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Results, "suite"));
        var path = Path.Combine(folder.FullName, "own.robot");
        File.WriteAllText(path, text);
        return path;
    }
}
