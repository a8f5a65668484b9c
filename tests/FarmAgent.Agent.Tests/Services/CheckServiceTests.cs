using FarmAgent.Agent.Tests.Runs;
using FarmAgent.Api.V1;
using Grpc.Core;
using Grpc.Health.V1;

namespace FarmAgent.Agent.Tests.Services;

public sealed class CheckServiceTests
{
    [Fact]
    public async Task Check_SoundBoard_PassesAndStaysToBeHad()
    {
        await using var agent = await TestAgent.StartAsync();

        var check = await CheckAsync(agent);

        Assert.True(check.Passed, string.Join('\n', check.Steps));
        Assert.Equal(BoardState.Leased, (await agent.BoardAsync()).State);
    }

    [Fact]
    public async Task Check_CutWire_NamesItAndQuarantinesTheBoard()
    {
        await using var agent = await TestAgent.StartAsync();
        await agent.BreakAsync(new Fault { CutWire = new CutWire { Net = "SDA" } });

        var check = await CheckAsync(agent);

        Assert.Equal(("i2c0 SDA to PB7", "WIRE_OPEN"), check.Steps.Where(s => s.Outcome == CheckOutcome.Failed).Select(s => (s.Subject, s.Reason)).Single());
        var health = await agent.Client.Health.CheckAsync(new HealthCheckRequest { Service = TestAgent.Board }, cancellationToken: TestAgent.Cancellation);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, health.Status);
    }

    [Fact]
    public async Task Acquire_QuarantinedBoard_IsRefusedToOperatorsUntilRestored()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { InsecureLoopbackPort = 0 });
        using var client = TestAgent.Connect(agent.Host.Listeners[1]);
        await agent.Client.Checks.QuarantineBoardAsync(new QuarantineBoardRequest { Board = TestAgent.Board, Text = "smells" }, cancellationToken: TestAgent.Cancellation);

        var refused = await TestAgent.FailAsync(AcquireAsync);
        await agent.Client.Checks.RestoreBoardAsync(new RestoreBoardRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation);
        await AcquireAsync();

        Assert.Equal(("BOARD_QUARANTINED", 3), (refused.Reason, refused.ExitCode));

        async Task AcquireAsync()
        {
            using var call = client.Leases.AcquireLease(new AcquireLeaseRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation);
            await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation);
        }
    }

    [Fact]
    public async Task Restart_QuarantinedBoard_StaysThere()
    {
        using var scratch = new ScratchFolder();
        var state = scratch.At("state");
        await using (var agent = await TestAgent.StartAsync(o => o with { State = state }))
        {
            await agent.Client.Checks.QuarantineBoardAsync(new QuarantineBoardRequest { Board = TestAgent.Board, Text = "smells" }, cancellationToken: TestAgent.Cancellation);
        }

        await using var again = await TestAgent.StartAsync(o => o with { State = state });

        Assert.Equal(BoardState.Quarantined, (await again.BoardAsync()).State);
    }

    [Fact]
    public async Task Flash_FailedByTheBenchTooOften_QuarantinesTheBoard()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = (await agent.LeaseAsync()).Name;
        await agent.BreakAsync(new Fault { TargetPower = new TargetPower { On = false } });
        for (var i = 0; i < 5; i++)
        {
            await TestAgent.FailAsync(() => agent.FlashAsync(lease, "expander.bin"));
        }

        var answer = await agent.Client.Checks.GetCheckAsync(new GetCheckRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal("TARGET_VOLTAGE_LOW", answer.Quarantine?.Reason);
    }

    [Fact]
    public async Task Probe_BoardWithAWireFoundCut_IsTheBenchsFault()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = (await agent.LeaseAsync()).Name;
        await agent.FlashAsync(lease, "expander.bin");
        await agent.BreakAsync(new Fault { CutWire = new CutWire { Net = "SDA" } });
        await agent.Client.Checks.CheckBoardAsync(new CheckBoardRequest { Board = TestAgent.Board, Lease = lease }, cancellationToken: TestAgent.Cancellation);

        var error = await TestAgent.FailAsync(() => agent.Client.I2c.ProbeExpanderAsync(
            new ProbeExpanderRequest { Board = TestAgent.Board, Lease = lease }, cancellationToken: TestAgent.Cancellation).ResponseAsync);

        Assert.Equal(("WIRE_OPEN", "error", 3), (error.Reason, error.Metadata["verdict"], error.ExitCode));
    }

    private static async Task<BoardCheck> CheckAsync(TestAgent agent)
    {
        var lease = (await agent.LeaseAsync()).Name;
        return (await agent.Client.Checks.CheckBoardAsync(new CheckBoardRequest { Board = TestAgent.Board, Lease = lease }, cancellationToken: TestAgent.Cancellation)).Check;
    }
}
