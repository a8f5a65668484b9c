using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Services;

public sealed class AttachNetsTests : IAsyncLifetime
{
    private TestAgent _agent = null!;
    private string _lease = "";

    public async ValueTask InitializeAsync()
    {
        _agent = await TestAgent.StartAsync();
        _lease = (await _agent.LeaseAsync()).Name;
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    [Fact]
    public async Task Attach_Nets_LevelsAreToldAtOnce()
    {
        using var call = await AttachAsync("PA0", "SDA");

        Assert.Equal((("PA0", false), ("SDA", true)), (await NextAsync(call), await NextAsync(call)));
    }

    [Fact]
    public async Task Drive_High_HostLineReadsIt()
    {
        using var call = await AttachAsync("PA0");
        await NextAsync(call);

        await call.RequestStream.WriteAsync(new AttachNetsRequest { Net = "PA0", Drive = NetDrive.High }, TestAgent.Cancellation);

        Assert.Equal(("PA0", true), await NextAsync(call));
        Assert.True(await HostReadsAsync());
    }

    [Fact]
    public async Task HostLine_Driven_IsToldInOrder()
    {
        using var call = await AttachAsync("PA0");
        await NextAsync(call);

        foreach (var high in new[] { true, false, true })
        {
            await _agent.Client.Gpio.SetLineAsync(new SetLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG11", High = high });
        }

        Assert.Equal((true, false, true), ((await NextAsync(call)).High, (await NextAsync(call)).High, (await NextAsync(call)).High));
    }

    [Fact]
    public async Task End_WhileDriving_LetsGo()
    {
        using (var call = await AttachAsync("PA0"))
        {
            await NextAsync(call);
            await call.RequestStream.WriteAsync(new AttachNetsRequest { Net = "PA0", Drive = NetDrive.High }, TestAgent.Cancellation);
            await NextAsync(call);
            await call.RequestStream.CompleteAsync();
            Assert.False(await call.ResponseStream.MoveNext(TestAgent.Cancellation));
        }

        Assert.False(await HostReadsAsync());
    }

    [Fact]
    public async Task Attach_UnknownNet_SaysSo()
    {
        using var call = await AttachAsync("PZ9");

        var thrown = await Assert.ThrowsAsync<RpcException>(() => NextAsync(call));

        Assert.Equal("NET_UNKNOWN", FarmError.From(thrown).Reason);
    }

    [Fact]
    public async Task Drive_NetThatIsNotHeld_EndsTheStreamWithTheReason()
    {
        using var call = await AttachAsync("PA0");
        await NextAsync(call);

        await call.RequestStream.WriteAsync(new AttachNetsRequest { Net = "PA1", Drive = NetDrive.High }, TestAgent.Cancellation);

        Assert.Equal("NET_UNKNOWN", FarmError.From(await Assert.ThrowsAsync<RpcException>(() => NextAsync(call))).Reason);
    }

    private async Task<AsyncDuplexStreamingCall<AttachNetsRequest, AttachNetsResponse>> AttachAsync(params string[] nets)
    {
        var call = _agent.Client.Bench.AttachNets(cancellationToken: TestAgent.Cancellation);
        var first = new AttachNetsRequest { Board = TestAgent.Board };
        first.Nets.Add(nets);
        await call.RequestStream.WriteAsync(first, TestAgent.Cancellation);
        return call;
    }

    private static async Task<(string Net, bool High)> NextAsync(AsyncDuplexStreamingCall<AttachNetsRequest, AttachNetsResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(TestAgent.Cancellation));
        return (call.ResponseStream.Current.Net, call.ResponseStream.Current.High);
    }

    private async Task<bool> HostReadsAsync() =>
        (await _agent.Client.Gpio.GetLineAsync(new GetLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG11" })).Line.High;
}
