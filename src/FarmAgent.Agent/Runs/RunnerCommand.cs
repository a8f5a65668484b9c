using FarmAgent.Agent.Configuration;
using FarmAgent.Boards;

namespace FarmAgent.Agent.Runs;

/// <summary>The program that runs suites, and the options that are the agent's own.</summary>
internal sealed class RunnerCommand(RunnerSettings settings)
{
    private const string Program = "farmctl";

    /// <summary>Path of the program: from the configuration, from <c>FARM_RUNNER</c>, beside the agent, or on the PATH.</summary>
    /// <exception cref="BoardException">There is none (<c>RUNNER_NOT_FOUND</c>).</exception>
    public string Find()
    {
        var wanted = settings.Command ?? Environment.GetEnvironmentVariable("FARM_RUNNER");
        var candidates = string.IsNullOrEmpty(wanted)
            ? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
                .Prepend(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, Program))
            : [Path.GetFullPath(wanted)];
        return candidates.FirstOrDefault(File.Exists) ?? throw new BoardException(
            "RUNNER_NOT_FOUND",
            string.IsNullOrEmpty(wanted)
                ? $"No {Program} to run suites by was found beside farm-agent ({AppContext.BaseDirectory}) or on its PATH. Install {Program} there, or name it in agent.yaml (runner: command:)."
                : $"The program to run suites by, {wanted}, is not there. Install {Program} at this place, or correct runner.command in agent.yaml or FARM_RUNNER.");
    }

    /// <summary>Arguments of the program.</summary>
    /// <param name="user">The user's options, checked before.</param>
    /// <param name="isVirtual">True for a virtual bench: the results say so.</param>
    /// <param name="output">Folder of the results.</param>
    /// <param name="suite">What to run.</param>
    public static IReadOnlyList<string> ArgumentsOf(IEnumerable<string> user, bool isVirtual, string output, string suite) =>
    [
        "robot", .. user, .. isVirtual ? (ReadOnlySpan<string>)["--metadata", "bench:virtual"] : [],
        "--outputdir", output, "--xunit", "junit.xml", suite,
    ];
}
