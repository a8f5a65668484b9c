using FarmAgent.Agent.Configuration;
using FarmAgent.Boards;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Runs;

/// <summary>The program that runs suites, and the options that are the agent's own.</summary>
internal sealed class RunnerCommand(RunnerSettings settings)
{
    private static readonly string[] OwnOptions =
        ["-d", "--outputdir", "-o", "--output", "-x", "--xunit", "-l", "--log", "-r", "--report", "-b", "--debugfile", "-A", "--argumentfile"];

    /// <summary>Path of the program: from the configuration, from <c>FARM_RUNNER</c>, or beside the agent.</summary>
    /// <exception cref="BoardException">There is none (<c>RUNNER_MISSING</c>).</exception>
    public string Find()
    {
        var candidates = new[] { settings.Command, Environment.GetEnvironmentVariable("FARM_RUNNER"), Path.Combine(AppContext.BaseDirectory, "farmctl") }
            .Where(c => !string.IsNullOrEmpty(c)).ToList();
        return candidates.FirstOrDefault(File.Exists) ?? throw new BoardException(
            "RUNNER_MISSING",
            $"No program that runs suites was found at {string.Join(", ", candidates)}. Install farmctl beside farm-agent, or set 'runner: command:' in agent.yaml.");
    }

    /// <summary>Refuses options that would move results away from where the agent looks for them.</summary>
    /// <exception cref="RequestException">There is one (<c>REQUEST_INVALID</c>).</exception>
    public static void CheckArguments(IEnumerable<string> arguments)
    {
        foreach (var argument in arguments)
        {
            var name = argument.StartsWith("--", StringComparison.Ordinal) ? argument.Split('=', 2)[0] : argument;
            if (OwnOptions.Contains(name, StringComparer.OrdinalIgnoreCase) && !(name.Length == 2 && !OwnOptions.Contains(name, StringComparer.Ordinal)))
            {
                throw new RequestException("REQUEST_INVALID", $"{name} is the agent's own to choose: it keeps all results with the run. Leave it out.");
            }
        }
    }

    /// <summary>Arguments of the program.</summary>
    /// <param name="user">The user's options.</param>
    /// <param name="output">Folder of the results.</param>
    /// <param name="suite">What to run.</param>
    public static IReadOnlyList<string> ArgumentsOf(IEnumerable<string> user, string output, string suite) =>
        ["robot", .. user, "--outputdir", output, "--xunit", "xunit.xml", suite];
}
