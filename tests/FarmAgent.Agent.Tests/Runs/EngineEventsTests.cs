using FarmAgent.Agent.Runs;
using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class EngineEventsTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly RunEventFile _file;

    public EngineEventsTests() => _file = new RunEventFile(_scratch.At("events.bin"), TimeProvider.System);

    public void Dispose()
    {
        _file.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Take_Events_AreNumberedByTheAgent()
    {
        var engine = new EngineEvents(_file, EngineEvents.DefaultLimit);
        engine.Take([Test("a", sequence: 77), Test("b", sequence: 77)]);

        Assert.Equal([(1L, "a"), (2L, "b")], (await ReadAsync()).Select(e => (e.Sequence, e.TestStarted.Id)));
    }

    [Fact]
    public void Take_WhatOnlyTheAgentSays_IsRefused()
    {
        var engine = new EngineEvents(_file, EngineEvents.DefaultLimit);

        Assert.Equal("REQUEST_INVALID", Assert.Throws<RequestException>(() => engine.Take([new Wire.RunEvent { Ended = new Wire.Run { Verdict = Wire.Verdict.Pass } }])).Reason);
    }

    [Fact]
    public void Take_TooManyAtOnce_IsRefused()
    {
        var engine = new EngineEvents(_file, EngineEvents.DefaultLimit);

        Assert.Throws<RequestException>(() => engine.Take([.. Enumerable.Range(0, 1_001).Select(_ => Test("a"))]));
    }

    [Fact]
    public async Task Take_BeyondTheLimit_IsCountedAndSaidAtTheEnd()
    {
        var engine = new EngineEvents(_file, limit: 100);
        for (var i = 0; i < 10; i++)
        {
            engine.Take([Test(new string('x', 40))]);
        }

        engine.Close();

        var events = await ReadAsync();
        Assert.Equal((3, 8L), (events.Count, events[^1].Dropped.Count));
    }

    [Fact]
    public async Task Take_AfterTheEnd_IsNotRecorded()
    {
        var engine = new EngineEvents(_file, EngineEvents.DefaultLimit);
        engine.Close();
        engine.Take([Test("late")]);

        Assert.Empty(await ReadAsync());
    }

    private static Wire.RunEvent Test(string id, long sequence = 0) => new() { Sequence = sequence, TestStarted = new Wire.TestEvent { Id = id } };

    private async Task<List<Wire.RunEvent>> ReadAsync()
    {
        var all = new List<Wire.RunEvent>();
        await foreach (var happened in RunEventFile.ReadAsync(_scratch.At("events.bin"), 0, TestContext.Current.CancellationToken))
        {
            all.Add(happened);
        }

        return all;
    }
}
