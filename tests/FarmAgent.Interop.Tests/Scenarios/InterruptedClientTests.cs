using System.Diagnostics;
using System.Text.Json;

namespace FarmAgent.Interop.Tests.Scenarios;

/// <summary>A flash belongs to the agent: what happens to the client does not happen to the chip.</summary>
public sealed class InterruptedClientTests : BoardScenario
{
    private const string HeldAt = "1000";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Flash_ClientKilledInTheMiddle_EndsAndItsReceiptIsFoundByRequestId()
    {
        await DoAsync("bench", "hold-flash", HeldAt);
        using var client = Agent.StartFarmctl("flash", "--request-id", "job-1", Expander);
        await WaitUntilHeldAsync();

        client.Kill();
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        await DoAsync("bench", "release-flash");

        var operation = await WaitForEndAsync("job-1");
        Assert.Equal("OPERATION_STATE_SUCCEEDED", operation.GetProperty("state").GetString());
        var receipts = await DoAsync("receipts", "--request-id", "job-1", "-o", "json");
        using var document = JsonDocument.Parse(receipts.Output);
        Assert.Equal(1, document.RootElement.GetProperty("receipts").GetArrayLength());
    }

    [Fact]
    public async Task Flash_SameRequestIdAgain_GivesTheSameReceipt()
    {
        var first = await DoAsync("flash", "--request-id", "job-2", "-o", "json", Expander);
        var second = await DoAsync("flash", "--request-id", "job-2", "-o", "json", Expander);

        Assert.Equal(Receipt(first.Output), Receipt(second.Output));
    }

    [Fact]
    public async Task Flash_InterruptFromTheKeyboard_StopsAtAPageAndTheBoardSaysWhatIsUndefined()
    {
        await DoAsync("bench", "hold-flash", HeldAt);
        using var client = Agent.StartFarmctl("flash", "--request-id", "job-3", Expander);
        var errors = client.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await WaitUntilHeldAsync();

        using (Process.Start("kill", ["-INT", $"{client.Id}"]))
        {
        }

        // The page in flight can only end when the controller goes on.
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await DoAsync("bench", "release-flash");
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, client.ExitCode);
        Assert.Contains("undefined", await errors, StringComparison.Ordinal);
        var boards = await DoAsync("boards");
        Assert.Contains("undefined: 0x0800", boards.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flash_AfterAnInterruptedOne_MakesTheBoardWholeAgain()
    {
        await DoAsync("bench", "hold-flash", HeldAt);
        using var client = Agent.StartFarmctl("flash", "--request-id", "job-4", Expander);
        await WaitUntilHeldAsync();
        await DoAsync("bench", "release-flash");
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);

        await DoAsync("flash", Expander);

        var boards = await DoAsync("boards");
        Assert.DoesNotContain("undefined", boards.Output, StringComparison.Ordinal);
    }

    private static string? Receipt(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("name").GetString();
    }

    private async Task WaitUntilHeldAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var bench = await DoAsync("bench", "show", "-o", "json");
            using var document = JsonDocument.Parse(bench.Output);
            if (document.RootElement.GetProperty("flashHeld").GetBoolean())
            {
                return;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, $"The flash never reached half-word {HeldAt}.\n{Agent.Log}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private async Task<JsonElement> WaitForEndAsync(string requestId)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var shown = await DoAsync("operation", "show", "--request-id", requestId, "-o", "json");
            var operation = JsonDocument.Parse(shown.Output).RootElement;
            if (operation.GetProperty("state").GetString() is not ("OPERATION_STATE_RUNNING" or "OPERATION_STATE_QUEUED"))
            {
                return operation;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, "The operation did not end.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
