using FarmAgent.Agent.Consoles;
using FarmAgent.Agent.Tests.Runs;
using FarmAgent.Boards.Consoles;
using FarmAgent.Api.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace FarmAgent.Agent.Tests.Consoles;

public sealed class ConsoleFilesTests
{
    [Fact]
    public void Load_AfterFlush_GivesTheEndWithItsOffset()
    {
        using var scratch = new ScratchFolder();
        var files = new ConsoleFiles(scratch.At("c"), NullLogger.Instance);
        files.Append("b1", "console", Chunk(0, "hello "));
        files.Flush();
        files.Append("b1", "console", Chunk(6, "world"));
        files.Flush();

        var kept = new ConsoleFiles(scratch.At("c"), NullLogger.Instance).Load("b1", "console", 8);

        Assert.Equal((3L, "lo world"), (kept!.Value.Offset, System.Text.Encoding.ASCII.GetString(kept.Value.Data.Span)));
    }

    [Fact]
    public void Flush_MoreThanIsKept_RemovesTheOldest()
    {
        using var scratch = new ScratchFolder();
        var files = new ConsoleFiles(scratch.At("c"), NullLogger.Instance);
        var piece = new string('x', 100 * 1024);
        for (var i = 0; i < 30; i++)
        {
            files.Append("b1", "console", Chunk(i * (long)piece.Length, piece));
            files.Flush();
        }

        var all = Directory.GetFiles(scratch.At("c"), "*", SearchOption.AllDirectories);

        Assert.Equal(4, all.Length);
        Assert.Equal(30L * piece.Length, files.Load("b1", "console", 10)!.Value.Offset + 10);
    }

    [Fact]
    public void Load_NothingKept_GivesNothing()
    {
        using var scratch = new ScratchFolder();

        Assert.Null(new ConsoleFiles(scratch.At("c"), NullLogger.Instance).Load("b1", "console", 10));
    }

    [Fact]
    public async Task Restart_RecordedConsole_IsStillThereAndGoesOnBehind()
    {
        using var scratch = new ScratchFolder();
        var state = scratch.At("state");
        byte[] before;
        await using (var agent = await TestAgent.StartAsync(o => o with { State = state }))
        {
            await agent.FlashAsync((await agent.LeaseAsync()).Name, "expander.bin");
            await agent.AdvanceAsync(0.1);
            before = await TailAsync(agent, 0, least: 10);
        }

        await using var again = await TestAgent.StartAsync(o => o with { State = state });

        Assert.Equal(before, (await TailAsync(again, 0, before.Length))[..before.Length]);
    }

    private static SerialChunk Chunk(long offset, string text) => new(offset, System.Text.Encoding.ASCII.GetBytes(text), DateTimeOffset.UnixEpoch);

    private static async Task<byte[]> TailAsync(TestAgent agent, long from, int least)
    {
        using var call = agent.Client.Serial.TailSerial(
            new TailSerialRequest { Board = TestAgent.Board, FromOffset = from, Follow = true }, cancellationToken: TestAgent.Cancellation);
        var all = new List<byte>();
        while (all.Count < least && await call.ResponseStream.MoveNext(TestAgent.Cancellation))
        {
            all.AddRange(call.ResponseStream.Current.Data.Span);
        }

        return [.. all];
    }
}
