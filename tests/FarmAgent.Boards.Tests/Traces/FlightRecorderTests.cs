using CsCheck;
using FarmAgent.Boards.Traces;
using FarmAgent.Hardware.Time;

namespace FarmAgent.Boards.Tests.Traces;

public sealed class FlightRecorderTests
{
    [Fact]
    public void Add_AnySizes_KeepsTheNewestWholeAndInOrder() => Gen.Int[0, 600].Array[1, 400].Sample(sizes =>
    {
        var recorder = new FlightRecorder(new StillClock(), FlightRecorder.LeastBytes);
        var source = recorder.AddSource(TraceChannel.Serial, "console");
        foreach (var size in sizes)
        {
            recorder.Add(source, TraceAction.SerialIn, TraceOutcomes.Ok, TimeSpan.Zero, TimeSpan.Zero, 0, [], Pattern(size));
        }

        var kept = recorder.Read(0, int.MaxValue);
        return kept.Count > 0
            && kept.Select(e => e.Sequence).SequenceEqual(Enumerable.Range(sizes.Length - kept.Count + 1, kept.Count).Select(n => (long)n))
            && kept.All(e => e.ReceivedLength == sizes[e.Sequence - 1] && e.Received.Span.SequenceEqual(Pattern(e.ReceivedLength).AsSpan(0, Math.Min(e.ReceivedLength, TraceRing.PayloadLimit))));
    });

    [Fact]
    public void Add_Transaction_AllocatesNothing()
    {
        var recorder = new FlightRecorder(new StillClock(), FlightRecorder.LeastBytes);
        var source = recorder.AddSource(TraceChannel.Probe, "probe");
        var command = new byte[16];
        recorder.Add(source, TraceAction.UsbOut, TraceOutcomes.Ok, TimeSpan.Zero, TimeSpan.Zero, 2, command, []);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
        {
            recorder.Add(source, TraceAction.UsbOut, TraceOutcomes.Ok, TimeSpan.Zero, TimeSpan.Zero, 2, command, []);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Follow_AfterNewEntry_GetsIt()
    {
        var recorder = new FlightRecorder(new StillClock(), FlightRecorder.LeastBytes);
        recorder.Mark("first");
        await using var reader = recorder.FollowAsync(0, 10, follow: true, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reader.MoveNextAsync());
        var next = reader.MoveNextAsync();

        recorder.Mark("second");

        Assert.True(await next);
        Assert.Equal(2, reader.Current[0].Sequence);
    }

    [Fact]
    public async Task Follow_FromLastSeen_ResumesBehindIt()
    {
        var recorder = new FlightRecorder(new StillClock(), FlightRecorder.LeastBytes);
        for (var i = 0; i < 10; i++)
        {
            recorder.Mark($"{i}");
        }

        var pieces = await recorder.FollowAsync(8, 2, follow: false, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([8, 9, 10], pieces.SelectMany(p => p).Select(e => e.Sequence));
    }

    private static byte[] Pattern(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)(size + i))];

    private sealed class StillClock : IWaiter
    {
        public TimeSpan Elapsed => TimeSpan.Zero;

        public void Wait(TimeSpan duration, CancellationToken cancellationToken)
        {
        }
    }
}
