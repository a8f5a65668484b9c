using FarmAgent.Api.V1;
using FarmAgent.Cli.Events;

namespace FarmAgent.Cli.Tests.Events;

public sealed class EventQueueTests : IDisposable
{
    private const int Capacity = 10;

    private readonly EventQueue _queue = new(Capacity);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task TakeAsync_Events_ComeInOneBatchInOrder()
    {
        _queue.Add(Test("a"));
        _queue.Add(Test("b"));

        Assert.Equal(["a", "b"], (await TakeAsync())!.Events.Select(e => e.TestStarted.Id));
    }

    [Fact]
    public async Task TakeAsync_BeforeAnyEvent_WaitsForIt()
    {
        var taking = TakeAsync();
        Assert.False(taking.IsCompleted);
        _queue.Add(Test("a"));

        Assert.Single((await taking)!.Events);
    }

    [Fact]
    public async Task TakeAsync_CompleteAndEmpty_IsTheEnd()
    {
        _queue.Complete();

        Assert.Null(await TakeAsync());
    }

    [Fact]
    public async Task Add_HalfFull_LeavesKeywordsOutAndSaysHowMany()
    {
        for (var i = 0; i < 20; i++)
        {
            _queue.Add(new RunEvent { KeywordStarted = new KeywordEvent() });
        }

        _queue.Add(Test("a"));

        var events = (await TakeAsync())!.Events;
        Assert.Equal((Capacity / 2) + 2, events.Count);
        Assert.Equal((15L, "a"), (events[^2].Dropped.Count, events[^1].TestStarted.Id));
    }

    [Fact]
    public async Task Complete_EventsWereLeftOutLast_SaysHowMany()
    {
        for (var i = 0; i < 14; i++)
        {
            _queue.Add(Test("a"));
        }

        _queue.Complete();

        Assert.Equal(4, (await TakeAsync())!.Events[^1].Dropped.Count);
    }

    [Fact]
    public async Task TakeAsync_LongTexts_AreSpreadOverMessagesThatTheAgentTakes()
    {
        using var queue = new EventQueue(1_000);
        for (var i = 0; i < 400; i++)
        {
            queue.Add(new RunEvent { TestEnded = new TestEvent { Message = new string('\u20AC', 2_000) } });
        }

        Assert.InRange((await queue.TakeAsync(TestContext.Current.CancellationToken))!.CalculateSize(), 512 * 1024, 1 << 20);
    }

    private static RunEvent Test(string id) => new() { TestStarted = new TestEvent { Id = id } };

    private Task<ReportRunEventsRequest?> TakeAsync() => _queue.TakeAsync(TestContext.Current.CancellationToken);
}
