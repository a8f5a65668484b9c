using FarmAgent.Api.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Hosting;

/// <summary>In lockstep the same commands give the same bench: two agents of their own do the demo's steps, and their traces are compared.</summary>
public sealed class DeterminismTests
{
    private const string Board = TestAgent.Board;

    [Fact]
    public async Task Demo_InTwoAgents_GivesTheSameTraceByteForByte()
    {
        var first = await TraceDemoAsync();
        var second = await TraceDemoAsync();

        Assert.True(first.Count > 500, $"only {first.Count} records");
        Assert.Contains(first, l => l.Contains(" i2c i2c0 0x08 ", StringComparison.Ordinal));
        Assert.Contains(first, l => l.Contains(" net PA0 1", StringComparison.Ordinal));
        Assert.Equal(string.Join('\n', first), string.Join('\n', second));
    }

    private static async Task<List<string>> TraceDemoAsync()
    {
        await using var agent = await TestAgent.StartAsync();
        var client = agent.Client;
        var lease = (await agent.LeaseAsync()).Name;
        await client.Bench.SetTraceAsync(new SetTraceRequest { Board = Board, On = true }, cancellationToken: TestAgent.Cancellation);

        await agent.FlashAsync(lease, "expander.elf");
        await agent.AdvanceAsync(0.1);
        await client.I2c.ProbeExpanderAsync(new ProbeExpanderRequest { Board = Board, Lease = lease }, cancellationToken: TestAgent.Cancellation);
        await client.I2c.ConfigureExpanderAsync(
            new ConfigureExpanderRequest { Board = Board, Lease = lease, Gpio = new ExpanderGpio { Output = true } }, cancellationToken: TestAgent.Cancellation);
        foreach (var high in new[] { true, false, true })
        {
            await client.I2c.SetExpanderAsync(new SetExpanderRequest { Board = Board, Lease = lease, Value = high }, cancellationToken: TestAgent.Cancellation);
            await client.Gpio.GetLineAsync(new GetLineRequest { Board = Board, Lease = lease, Line = "PG11" }, cancellationToken: TestAgent.Cancellation);
        }

        await client.I2c.ScanAsync(new ScanRequest { Board = Board, Lease = lease }, cancellationToken: TestAgent.Cancellation);
        await client.I2c.TransferAsync(
            new TransferRequest { Board = Board, Lease = lease, Address = 0x08, Write = ByteString.CopyFrom(0x00), ReadLength = 2 }, cancellationToken: TestAgent.Cancellation);
        await client.Debug.ResetAsync(new ResetRequest { Board = Board, Lease = lease, Mode = ResetMode.Run }, cancellationToken: TestAgent.Cancellation);
        await agent.AdvanceAsync(0.2);

        using var call = client.Bench.ReadTrace(new ReadTraceRequest { Board = Board }, cancellationToken: TestAgent.Cancellation);
        return [.. (await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation)).SelectMany(r => r.Lines)];
    }
}
