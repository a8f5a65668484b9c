using System.Text.Json;

namespace FarmAgent.Agent.Runs;

/// <summary>What the engine reports of a run beside its exit code.</summary>
/// <param name="Passed">Tests passed.</param>
/// <param name="Failed">Tests failed.</param>
/// <param name="Skipped">Tests skipped.</param>
/// <param name="Vacuous">Tests that passed without asserting anything.</param>
internal sealed record RunnerReport(int Passed, int Failed, int Skipped, IReadOnlyList<string> Vacuous)
{
    /// <summary>Reads the report; null when there is none that can be read, as after an engine that was killed.</summary>
    public static RunnerReport? Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return new RunnerReport(
                CountOf(root, "passed"),
                CountOf(root, "failed"),
                CountOf(root, "skipped"),
                root.TryGetProperty("vacuous", out var names) ? [.. names.EnumerateArray().Select(n => n.GetString() ?? "")] : []);
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static int CountOf(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.TryGetInt32(out var count) ? count : 0;
}
