using System.Text.Json;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// Reads what the runner reports beside Robot Framework's own results: counts, and the tests that asserted nothing. A report that is not
/// there or makes no sense is none.
/// </summary>
internal static class RunnerReport
{
    private const long LargestFile = 4L << 20;
    private const int MostNames = 1_000;

    /// <summary>Reads a file.</summary>
    public static async Task<SuiteResults?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (new FileInfo(path) is not { Exists: true, LinkTarget: null, Length: <= LargestFile })
        {
            return null;
        }

        try
        {
            await using var file = File.OpenRead(path);
            using var document = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Count(root, "passed") is { } passed && Count(root, "failed") is { } failed && Count(root, "skipped") is { } skipped
                ? new SuiteResults { Passed = passed, Failed = failed, Skipped = skipped, Vacuous = Names(root), IsComplete = true }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? Count(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count : null;

    private static List<string> Names(JsonElement root) => root.TryGetProperty("vacuous", out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!).Take(MostNames)]
        : [];
}
