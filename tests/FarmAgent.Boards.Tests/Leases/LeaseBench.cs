using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Leases;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Boards.Tests.Leases;

/// <summary>A lease manager over boards that exist only by name.</summary>
internal sealed class LeaseBench : IAsyncDisposable
{
    private readonly string[] _boards;

    private LeaseBench(FakeTime time, MemoryLeaseStore store, string bootId, string[] boards)
    {
        (Time, Store, _boards) = (time, store, boards);
        Manager = new LeaseManager(
            new BoardInventory(boards.Select(Board)), store, Hooks, new FakeBootClock(time, bootId), time, new LeaseOptions());
    }

    public FakeTime Time { get; }

    public MemoryLeaseStore Store { get; }

    public RecordingHooks Hooks { get; } = new();

    public LeaseManager Manager { get; }

    public static async Task<LeaseBench> StartAsync(params string[] boards)
    {
        var bench = new LeaseBench(new FakeTime(), new MemoryLeaseStore(), "boot-1", boards.Length == 0 ? ["b1"] : boards);
        await bench.Manager.StartAsync(TestContext.Current.CancellationToken);
        bench.Hooks.Log.Clear();
        return bench;
    }

    /// <summary>What another process of the agent would find.</summary>
    public async Task<LeaseBench> RestartAsync(string bootId = "boot-1")
    {
        await Manager.DisposeAsync();
        var bench = new LeaseBench(Time, Store, bootId, _boards);
        await bench.Manager.StartAsync(TestContext.Current.CancellationToken);
        return bench;
    }

    public static LeaseRequest For(string owner, string? board = "b1", double ttlSeconds = 60, double waitSeconds = 0, string requestId = "") => new()
    {
        Board = board,
        Owner = owner,
        Identity = owner,
        Ttl = TimeSpan.FromSeconds(ttlSeconds),
        Wait = TimeSpan.FromSeconds(waitSeconds),
        RequestId = requestId,
    };

    public Task<AcquireOutcome> AskAsync(string owner, string? board = "b1", double ttlSeconds = 60, double waitSeconds = 0, string requestId = "") =>
        Manager.AcquireAsync(For(owner, board, ttlSeconds, waitSeconds, requestId), null, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10));

    public async Task<Lease> GetAsync(string owner, string? board = "b1", double ttlSeconds = 60, double waitSeconds = 0, string requestId = "") =>
        (await AskAsync(owner, board, ttlSeconds, waitSeconds, requestId)).GetLease();

    public Task<Lease> ReleaseAsync(Lease lease) =>
        Manager.ReleaseAsync(lease.Id, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10));

    public void Pass(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public ValueTask DisposeAsync() => Manager.DisposeAsync();

    private static BoardDescription Board(string name) => new()
    {
        Name = name,
        Title = name,
        Backend = BoardBackend.Virtual,
        Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["mcu"] = "f1", ["nr"] = name },
    };
}
