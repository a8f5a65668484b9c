using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Leases;
using FarmAgent.Hardware;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Leases.Fuzz;

/// <summary>One random schedule over the real manager and fences: what clients, disk, clocks and the agent's life do comes from the seed.</summary>
internal sealed partial class FuzzSchedule : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Random _random;
    private readonly FakeTime _time = new();
    private readonly FuzzClocks _clocks = new();
    private readonly FuzzFences _fences = new();
    private readonly FuzzDisk _disk;
    private readonly Dictionary<string, FuzzBoard> _boards;
    private readonly List<FuzzClient> _clients;
    private readonly bool _onThreads;
    private FuzzTime _process = null!;
    private FuzzHooks _hooks = null!;
    private LeaseManager _manager = null!;
    private Dictionary<string, DeviceExecutor> _executors = [];

    public FuzzSchedule(long seed, long number)
    {
        _random = new Random((int)((seed * 1_000_003) + number));
        _disk = new FuzzDisk(_random);
        _boards = Enumerable.Range(1, _random.Next(1, 4)).Select(i => new FuzzBoard($"b{i}")).ToDictionary(b => b.Name, StringComparer.Ordinal);
        _clients = [.. Enumerable.Range(1, _random.Next(2, 6)).Select(i => new FuzzClient($"c{i}"))];

        // Now and then over the real executors, whose threads cost more than all the rest.
        _onThreads = number % 16 == 0;
    }

    public FuzzTotals Totals { get; } = new();

    /// <summary>What was done, for a person.</summary>
    public List<string> Story { get; } = [];

    private string? Problem => _fences.Problem ?? _boards.Values.Select(b => b.Problem).FirstOrDefault(p => p is not null);

    /// <summary>Runs it.</summary>
    /// <returns>The promise that was broken; null when all were kept.</returns>
    public async Task<string?> RunAsync()
    {
        await BeginAsync();
        for (var step = _random.Next(10, 60); step > 0 && Problem is null; step--)
        {
            try
            {
                await StepAsync();
            }
            catch (FarmException e)
            {
                // Refused: as good an answer as any, if it is one of those that leases give.
                Say($"  refused: {e.Reason}");
                Totals.Count("refused");
            }

            Collect();
        }

        var unsettled = Problem is null ? await HealAsync() : null;
        return Problem ?? unsettled;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Time stands still from here on: nothing may be left to wait for.
        (_disk.Fails, _disk.Holds, _hooks.SettleHangs) = (false, false, false);
        _disk.Go(all: true, crashed: false);
        _hooks.Go();
        await _manager.DisposeAsync();
        StopExecutors();
    }

    private async Task BeginAsync()
    {
        _process = new FuzzTime(_time, _clocks);
        _hooks = new FuzzHooks(_boards, _process, Totals, _fences);
        _manager = new LeaseManager(
            new BoardInventory(_boards.Keys.Select(b => new BoardDescription { Name = b, Title = b, Backend = BoardBackend.Virtual })),
            new FuzzStore(_disk, _process), _hooks, _process, _process, new LeaseOptions { LongestLine = 50 });
        if (_onThreads)
        {
            _executors = _boards.Keys.ToDictionary(b => b, b => new DeviceExecutor(b, TimeProvider.System, new ExecutorOptions()), StringComparer.Ordinal);
        }

        await _manager.StartAsync(CancellationToken.None);
    }

    /// <summary>The agent dies at once: nothing of it acts any more; its disk keeps what it kept.</summary>
    private async Task CrashAsync(bool reboots)
    {
        Say(reboots ? "power cut" : "kill -9");
        Totals.Count(reboots ? "power cuts" : "crashes");
        _process.IsAlive = false;
        (_disk.Fails, _disk.Holds) = (false, false);
        _disk.Go(all: true, crashed: true);
        var old = _hooks;
        foreach (var board in _boards.Values)
        {
            board.Crashed();
        }

        foreach (var client in _clients)
        {
            client.AgentDied();
        }

        if (reboots)
        {
            _clocks.BootId = $"boot-{_random.Next()}";
            (_clocks.BootedAt, _clocks.Slept) = (_time.Elapsed, TimeSpan.Zero);
        }

        StopExecutors();
        await BeginAsync();
        old.Go();
    }

    private void StopExecutors()
    {
        foreach (var executor in _executors.Values)
        {
            executor.Dispose();
        }

        _executors = [];
    }

    /// <summary>Everything works again and nobody wants anything: every lease ends, and every board is safe and free.</summary>
    private async Task<string?> HealAsync()
    {
        (_disk.Fails, _disk.Holds) = (false, false);
        (_hooks.SettleFails, _hooks.SettleHangs, _hooks.PrepareFails) = (false, false, false);
        _disk.Go(all: true, crashed: false);
        _hooks.Go();
        foreach (var client in _clients)
        {
            client.Operations.ForEach(o => o.Dispose());
            await client.Gone.CancelAsync();
        }

        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            _time.Advance(TimeSpan.FromHours(1));
            _manager.ExpireDue();
            if (_boards.Keys.All(b => _manager.StatusOf(b) is { Lease: null, Settling: false, Waiting: 0 }))
            {
                return _boards.Values.FirstOrDefault(b => !b.IsSafe) is { } unsafe_ ? $"{unsafe_.Name} is free and not in its safe state" : null;
            }

            await Task.Yield();
        }

        return $"not free in the end: {string.Join("; ", _boards.Keys.Select(b => _manager.StatusOf(b)))}";
    }

    private void Collect()
    {
        foreach (var client in _clients.Where(c => c.Asking is { IsCompleted: true }))
        {
            if (client.Asking!.IsCompletedSuccessfully && client.Asking.Result.Lease is { } lease)
            {
                client.Lease = lease;
            }

            client.Asking = null;
        }
    }

    private void Say(string what) => Story.Add($"{_time.Elapsed.TotalSeconds,7:0} s  {what}");
}
