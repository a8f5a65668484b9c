using System.Text.Json;

namespace FarmAgent.Interop.Tests.Scenarios;

/// <summary>The events of a run as its user sees them, from the engine in its own process.</summary>
public sealed class RunEventTests : BoardScenario
{
    private const string Suite = """
        *** Test Cases ***
        Good
            [Tags]    smoke
            Log    careful    WARN
            Should Be Equal    1    1
        Bad
            Should Be Equal    1    2
        """;

    [Fact]
    public async Task Run_AsJson_PrintsOneEventALineAndTheRunLast()
    {
        var run = await RunSuiteAsync(WriteSuite(Suite), "--flash", Expander, "-o", "json", "--events", "keywords");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(("TESTS_FAILED", 1), (lines[^1].GetProperty("reason").GetString(), lines[^1].GetProperty("failed").GetInt32()));
        var good = lines.Single(line => line.TryGetProperty("testEnded", out var test) && test.GetProperty("name").GetString() == "Own.Good").GetProperty("testEnded");
        Assert.Equal(("PASS", "smoke"), (good.GetProperty("status").GetString(), good.GetProperty("tags")[0].GetString()));
        Assert.Contains(lines, line => line.TryGetProperty("keywordEnded", out var keyword)
            && (keyword.GetProperty("name").GetString(), keyword.GetProperty("status").GetString()) == ("BuiltIn.Should Be Equal", "FAIL"));
        Assert.Contains(lines, line => line.TryGetProperty("logMessage", out var message) && message.GetProperty("text").GetString() == "careful");
    }

    [Fact]
    public async Task RunsWatch_FromANumber_ShowsTheRestAndEndsWithTheVerdict()
    {
        var run = await RunSuiteAsync(WriteSuite(Suite), "--flash", Expander, "-o", "json");
        var last = JsonDocument.Parse(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
        var name = last.GetProperty("name").GetString()!;
        var all = await Agent.FarmctlAsync("runs", "watch", name);
        var lines = all.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var bad = Array.FindIndex(lines, line => line.Contains("Own.Bad  FAIL", StringComparison.Ordinal));
        Assert.True(bad > 0, all.ToString());

        var rest = await Agent.FarmctlAsync("runs", "watch", name, "--from", lines[bad].Trim().Split(' ')[0]);

        Assert.Equal(lines[bad..], rest.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, rest.ExitCode);
        Assert.Contains("TESTS_FAILED", rest.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_EventsFasterThanTheAgentTakesThem_CountsWhatIsMissing()
    {
        var suite = WriteSuite("""
            *** Test Cases ***
            Many
                FOR    ${i}    IN RANGE    20000
                    No Operation
                END
                Should Be Equal    1    1
            """);

        var run = await RunSuiteAsync(suite, "--flash", Expander, "-o", "json", "--events", "keywords");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var told = lines.Count(line => line.TryGetProperty("keywordStarted", out _) || line.TryGetProperty("keywordEnded", out _));
        var dropped = lines.Where(line => line.TryGetProperty("dropped", out _)).Sum(line => long.Parse(line.GetProperty("dropped").GetProperty("count").GetString()!, null));
        Assert.Equal((0, (2 * (1 + (2 * 20_000))) + 2), (run.ExitCode, told + dropped));
    }
}
