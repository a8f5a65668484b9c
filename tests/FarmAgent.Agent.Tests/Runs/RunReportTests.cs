using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.Errors;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tests.Runs;

/// <summary>Who may report the events of a run, and who sees them.</summary>
public sealed class RunReportTests
{
    // Tells its token and waits until it is stopped.
    private const string Waiting = "trap 'exit 253' TERM; cat \"$FARM_TOKEN_FILE\"; while :; do sleep 0.05; done";

    [Fact]
    public async Task ReportRunEvents_ByTheRunsToken_ReachesThoseWhoWatch()
    {
        await using var bench = await RunBench.StartAsync(Waiting);
        using var watch = bench.Client.Runs.StartRun(bench.Request());
        var stream = watch.ResponseStream;
        var token = "";
        while (token.Length == 0 && await stream.MoveNext(CancellationToken.None))
        {
            token = stream.Current.Event.Console;
        }

        var taken = await ReportAsync(bench, token, new Wire.RunEvent { TestEnded = new Wire.TestEvent { Id = "s1-t1", Status = "PASS" } });

        Assert.Equal(1, taken);
        Assert.True(await stream.MoveNext(CancellationToken.None));
        Assert.Equal(("s1-t1", 3L), (stream.Current.Event.TestEnded.Id, stream.Current.Event.Sequence));
    }

    [Fact]
    public async Task ReportRunEvents_ByAnybodyElse_IsRefused()
    {
        await using var bench = await RunBench.StartAsync(RunBench.Passing);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => ReportAsync(bench, token: null, new Wire.RunEvent { TestStarted = new Wire.TestEvent() }));

        Assert.Equal("NOT_AUTHORISED", FarmError.From(refusal).Reason);
    }

    [Theory]
    [InlineData(Wire.RunEventDetail.Unspecified, "tests")]
    [InlineData(Wire.RunEventDetail.None, "none")]
    [InlineData(Wire.RunEventDetail.Keywords, "keywords")]
    [InlineData(Wire.RunEventDetail.All, "all")]
    public async Task StartRun_Detail_IsToldToTheEngine(Wire.RunEventDetail detail, string word)
    {
        await using var bench = await RunBench.StartAsync($"echo $FARM_RUN_EVENTS; {RunBench.Passing}");
        var request = bench.Request();
        request.Events = detail;

        Assert.Equal(word + "\n", string.Concat((await bench.RunAsync(request)).Events.Select(e => e.Console)));
    }

    private static async Task<long> ReportAsync(RunBench bench, string? token, Wire.RunEvent happened)
    {
        Assert.True(AgentAddress.TryParse(bench.Host.Address, out var address));
        using var client = new FarmClient(new FarmClientOptions { Address = address, Token = token });
        using var call = client.Runs.ReportRunEvents();
        try
        {
            await call.RequestStream.WriteAsync(new Wire.ReportRunEventsRequest { Events = { happened } });
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // Refused already; the call itself says why.
        }

        return (await call).Taken;
    }
}
