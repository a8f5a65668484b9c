using System.Text.Json;
using FarmAgent.Robot.Results;

namespace FarmAgent.Cli.Commands;

/// <summary>
/// What the agent wants to know of a run besides Robot's exit code: counts and the tests that asserted nothing, as a small JSON file in a place
/// that the agent names by FARM_REPORT_FILE. Nothing is written for runs that nobody records.
/// </summary>
internal sealed class RunnerReport(string? path)
{
    public static RunnerReport FromEnvironment() => new(Environment.GetEnvironmentVariable("FARM_REPORT_FILE"));

    public void Take(RunResult result)
    {
        if (string.IsNullOrEmpty(path))
        {
            return;
        }

        using var file = File.Create(path);
        using var writer = new Utf8JsonWriter(file);
        writer.WriteStartObject();
        writer.WriteNumber("passed", result.Suite.AllTests.Count(test => test.Status == Status.Pass));
        writer.WriteNumber("failed", result.Suite.AllTests.Count(test => test.Status == Status.Fail));
        writer.WriteNumber("skipped", result.Suite.AllTests.Count(test => test.Status == Status.Skip));
        writer.WriteStartArray("vacuous");
        foreach (var test in result.VacuousTests)
        {
            writer.WriteStringValue(test.Name);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
