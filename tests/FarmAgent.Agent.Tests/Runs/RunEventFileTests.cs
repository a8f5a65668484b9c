using FarmAgent.Agent.Runs;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class RunEventFileTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ScratchFolder _scratch = new();

    private string FilePath => _scratch.At("events.bin");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task FollowAsync_FromANumber_BeginsThereAndGoesOnToTheEnd()
    {
        var events = Write("a", "b", "c");
        var reading = ReadAllAsync(events.FollowAsync(2, TestContext.Current.CancellationToken));
        events.Append(new Wire.RunEvent { Console = "d" });
        events.Dispose();

        Assert.Equal(["2b", "3c", "4d"], await reading.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task FollowAsync_ManyReadersWhileWritten_EachSeesAllInOrder()
    {
        var events = Write();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadAllAsync(events.FollowAsync(0, TestContext.Current.CancellationToken)))).ToList();
        var expected = Enumerable.Range(1, 300).Select(i => $"{i}x").ToList();
        foreach (var _ in expected)
        {
            events.Append(new Wire.RunEvent { Console = "x" });
        }

        events.Dispose();
        foreach (var seen in await Task.WhenAll(readers).WaitAsync(Limit, TestContext.Current.CancellationToken))
        {
            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public async Task FollowAsync_EventAddedQuietly_ComesWithTheEndOnly()
    {
        var events = Write("a");
        events.AppendQuietly(new Wire.RunEvent { Console = "b" });
        await using var reader = events.FollowAsync(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reader.MoveNextAsync());
        var second = reader.MoveNextAsync().AsTask();

        Assert.False(second.IsCompleted);
        events.Dispose();
        Assert.True(await second.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal("b", reader.Current.Console);
    }

    [Fact]
    public async Task ReadAsync_AfterARestart_GivesWhatWasWritten()
    {
        Write("a", "b").Dispose();

        Assert.Equal(["2b"], await ReadAllAsync(RunEventFile.ReadAsync(FilePath, 2, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task Open_TornEnd_IsCutOffAndNumberingGoesOn(int lost)
    {
        // What is torn is longer than what comes after it, and its zeros would pass for empty events.
        Write("a", new string('\0', 100)).Dispose();
        using (var file = File.OpenWrite(FilePath))
        {
            file.SetLength(file.Length - lost);
        }

        using (var again = Open())
        {
            again.Append(new Wire.RunEvent { Console = "c" });
        }

        Assert.Equal(["1a", "2c"], await ReadAllAsync(RunEventFile.ReadAsync(FilePath, 0, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task ReadAsync_TornEnd_GivesWhatIsWhole()
    {
        Write("a", "b").Dispose();
        using (var file = File.OpenWrite(FilePath))
        {
            file.SetLength(file.Length - 1);
        }

        Assert.Equal(["1a"], await ReadAllAsync(RunEventFile.ReadAsync(FilePath, 0, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task FollowAsync_ClosedFile_EndsAtOnce()
    {
        var events = Write("a");
        events.Dispose();

        Assert.Equal(["1a"], await ReadAllAsync(events.FollowAsync(0, TestContext.Current.CancellationToken)).WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    private static async Task<List<string>> ReadAllAsync(IAsyncEnumerable<Wire.RunEvent> events)
    {
        var all = new List<string>();
        await foreach (var happened in events)
        {
            all.Add($"{happened.Sequence}{happened.Console}");
        }

        return all;
    }

    private RunEventFile Open() => new(FilePath, TimeProvider.System);

    private RunEventFile Write(params string[] texts)
    {
        var events = Open();
        foreach (var text in texts)
        {
            events.Append(new Wire.RunEvent { Console = text });
        }

        return events;
    }
}
