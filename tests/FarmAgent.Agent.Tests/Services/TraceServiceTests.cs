using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Services;

public sealed class TraceServiceTests
{
    [Fact]
    public async Task Tail_AfterAFlash_NamesRegistersAndTheOperation()
    {
        await using var agent = await TestAgent.StartAsync();
        await agent.FlashAsync((await agent.LeaseAsync()).Name, "expander.bin");

        var entries = await TailAsync(agent, new TailTraceRequest { Board = TestAgent.Board });

        Assert.Contains(entries, e => e.Channel == TraceChannel.Mark && e.Text.Contains("flash of expander.bin", StringComparison.Ordinal));
        Assert.Contains(entries, e => e.Text.Contains("DHCSR", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tail_OneChannel_GivesNoOther()
    {
        await using var agent = await TestAgent.StartAsync();
        var request = new TailTraceRequest { Board = TestAgent.Board };
        request.Channels.Add(TraceChannel.Gpio);

        var entries = await TailAsync(agent, request);

        Assert.NotEmpty(entries);
        Assert.All(entries, e => Assert.Equal(TraceChannel.Gpio, e.Channel));
    }

    [Fact]
    public async Task Export_FailedFlash_HasItsTrace()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.BreakAsync(new Fault { TargetPower = new TargetPower { On = false } });
        await TestAgent.FailAsync(() => agent.FlashAsync(lease.Name, "expander.bin"));
        var marks = new TailTraceRequest { Board = TestAgent.Board };
        marks.Channels.Add(TraceChannel.Mark);
        var operation = (await TailAsync(agent, marks)).Select(e => e.Text).Last(t => t.StartsWith("operations/", StringComparison.Ordinal)).Split(' ', ':')[0];

        var text = await ExportAsync(agent, new ExportTraceRequest { Board = TestAgent.Board, Operation = operation });

        Assert.Contains("TARGET_VOLTAGE_LOW", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OperationWithoutTrace_SaysSo()
    {
        await using var agent = await TestAgent.StartAsync();

        var error = await TestAgent.FailAsync(() => ExportAsync(agent, new ExportTraceRequest { Board = TestAgent.Board, Operation = "operations/../state" }));

        Assert.Equal("TRACE_NOT_SAVED", error.Reason);
    }

    [Fact]
    public async Task Export_Vcd_IsADump()
    {
        await using var agent = await TestAgent.StartAsync();

        var text = await ExportAsync(agent, new ExportTraceRequest { Board = TestAgent.Board, Format = TraceFormat.Vcd });

        Assert.StartsWith("$version", text, StringComparison.Ordinal);
    }

    private static async Task<List<TraceEntry>> TailAsync(TestAgent agent, TailTraceRequest request)
    {
        using var call = agent.Client.Traces.TailTrace(request, cancellationToken: TestAgent.Cancellation);
        return [.. (await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation)).SelectMany(r => r.Entries)];
    }

    private static async Task<string> ExportAsync(TestAgent agent, ExportTraceRequest request)
    {
        using var call = agent.Client.Traces.ExportTrace(request, cancellationToken: TestAgent.Cancellation);
        var pieces = await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation);
        return string.Concat(pieces.Select(p => p.Data.ToStringUtf8()));
    }
}
