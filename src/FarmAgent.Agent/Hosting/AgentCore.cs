using System.Diagnostics.Metrics;
using FarmAgent.Agent.Audits;
using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Consoles;
using FarmAgent.Agent.Health;
using FarmAgent.Agent.Hooks;
using FarmAgent.Agent.Metrics;
using FarmAgent.Agent.Operations;
using FarmAgent.Agent.Runs;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Signatures;
using FarmAgent.Agent.Stores;
using FarmAgent.Agent.Traces;
using FarmAgent.Agent.Tunnels;
using FarmAgent.Boards.Checks;
using FarmAgent.Boards.Diagnosing;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Safety;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using Grpc.Health.V1;
using Grpc.HealthCheck;

namespace FarmAgent.Agent.Hosting;

/// <summary>Everything behind the services, put together by hand: what owns what, and in which order it starts and ends, is read here.</summary>
internal sealed class AgentCore : IAsyncDisposable
{
    private const long LargestImage = 32L * 1024 * 1024;
    private static readonly TimeSpan ProbeLookPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly ConsoleFiles _consoles;
    private readonly StateDatabase _database;
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private Task _ready = Task.CompletedTask;
    private Task _watch = Task.CompletedTask;
    private volatile bool _wasUsed = true;

    public AgentCore(AgentConfiguration configuration, AgentOptions options, StateFolder state, TimeProvider time, ILoggerFactory logs)
    {
        (_time, _log, Settings) = (time, logs.CreateLogger("FarmAgent"), configuration.Settings);
        _consoles = new ConsoleFiles(state.At("consoles"), _log);
        var bootClock = new LinuxBootClock();
        Facts = new AgentFacts(time.GetUtcNow(), bootClock.BootId, state.IsTemporary ? "" : state.Path, configuration.Inventory.Boards.Count);
        Security = new SecurityKeeper(configuration.Settings, state.Path, time, logs);
        Audit = new AuditLog(state.At("audit"), configuration.Settings.Audit, time, logs.CreateLogger("FarmAgent.Audit"));
        Operations = new OperationBook(WriteDown);
        Limits = configuration.Settings.Limits;
        var retention = configuration.Settings.Retention;
        _database = new StateDatabase(state.At("state.db"), time);
        Room = new StateRoom(state.Path, retention.Reserve);
        Receipts = new FlashRecordStore(_database, Room);
        var leaseStore = new LeaseStore(_database, Room);
        RunRecords = new RunStore(_database);
        Contents = new FlashContentTracker(Receipts);
        Benches = new Benches(options.RealtimeClock);
        Fleet = new BoardFleet(configuration.Inventory, Benches.BackendOf, Contents, _consoles, time, new Boards.Sessions.SessionOptions { TraceBytes = configuration.Settings.TraceBytes });
        Works = new WorkHealth(ListExecutors, time);
        Traces = new TraceFiles(state.At("traces"));
        Keeper = new SafeStateKeeper(Contents, time);
        Checker = new BoardChecker(Keeper, time);
        Quarantines = new QuarantineKeeper(Fleet, state.At("quarantine"), () => Settings.QuarantineAfter, time, QuarantineChanged, _log);
        Leases = new LeaseManager(
            configuration.Inventory,
            leaseStore,
            new LeaseCommandHooks(new BootingHooks(new BoardLeaseHooks(Fleet, Keeper, Observe), Fleet), configuration.Settings.Leases, time),
            bootClock,
            time,
            configuration.Settings.Leases.ToOptions());
        Work = new FlashWork(Leases, Fleet, Contents, Changes, Traces, Quarantines, Metrics, time, logs.CreateLogger<FlashWork>());
        var images = new ContentFolder(state.At("images"), "image", LargestImage, retention.Images, Room, UsedSince, time);
        Images = new ImageShelf(images);
        Signatures = new ImageSignatures(configuration.Inventory);
        Flasher = new Flasher(Work, Operations, Images, Signatures, Contents, time, logs.CreateLogger<Flasher>());
        Suites = new ContentFolder(state.At("suites"), "suite", new SuiteLimits().LargestUpload, retention.Suites, Room, UsedSince, time);
        State = new StateKeeper(_database, leaseStore, [images, Suites], retention, time, _log);
        Facts.Problems = () => State.Problems;
        Evidence = new EvidenceCollector(Contents, time);
        var executor = new RunExecutor(
            new RunnerCommand(configuration.Settings.Runner), configuration.Settings.Runner, Security.RunTokens, Observations, Contents, Keeper, Checker, Quarantines, Metrics, Facts, time);
        Directory.CreateDirectory(state.At("runs"));
        Runs = new RunManager(
            executor, RunRecords, Suites, Fleet, Leases, Contents, configuration.Settings.Runner, state.At("runs"), retention.Runs, Room, time, logs.CreateLogger<RunManager>())
        {
            Ended = WriteDown,
        };
    }

    /// <summary>What is configured; what can change while the agent runs is read from here each time.</summary>
    public AgentSettings Settings { get; private set; }

    /// <summary>Whether the agent's loops and threads do their work.</summary>
    public WorkHealth Works { get; }

    public AgentMetrics Metrics { get; } = new();

    public AgentFacts Facts { get; }

    /// <summary>Health of the agent (empty name) and of each board (its resource name).</summary>
    public HealthServiceImpl Health { get; } = new();

    public ChangeSignal Changes { get; } = new();

    /// <summary>By what callers are known.</summary>
    public SecurityKeeper Security { get; }

    public AuditLog Audit { get; }

    public CallLimits Limits { get; }

    public RunObservations Observations { get; } = new();

    public OperationBook Operations { get; }

    public OpenTunnels Tunnels { get; } = new();

    public Benches Benches { get; }

    public BoardFleet Fleet { get; }

    public BoardChecker Checker { get; }

    /// <summary>Boards that nobody but an administrator may lease.</summary>
    public QuarantineKeeper Quarantines { get; }

    /// <summary>Traces that were saved because an operation failed.</summary>
    public TraceFiles Traces { get; }

    public FlashContentTracker Contents { get; }

    public SafeStateKeeper Keeper { get; }

    public LeaseManager Leases { get; }

    public FlashRecordStore Receipts { get; }

    public FlashWork Work { get; }

    public ImageShelf Images { get; }

    /// <summary>Which boards ask for signed images, and by whom.</summary>
    public ImageSignatures Signatures { get; }

    public Flasher Flasher { get; }

    public ContentFolder Suites { get; }

    public EvidenceCollector Evidence { get; }

    public RunStore RunRecords { get; }

    public RunManager Runs { get; }

    public StateKeeper State { get; }

    public StateRoom Room { get; }

    /// <summary>Writes of the database that were brought to the disk since the start.</summary>
    public long Commits => _database.Commits;

    /// <summary>Completes when all boards are in their safe state and can be had.</summary>
    public Task Ready => _ready;

    /// <summary>Reads what was kept; to be done before calls are served.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await Contents.LoadAsync(cancellationToken);
        Quarantines.Load();
        await Runs.RecoverAsync(cancellationToken);
    }

    /// <summary>Begins to make the boards ready. Calls are served meanwhile; leases are granted board by board.</summary>
    public void Start()
    {
        Security.Start();
        Audit.Start();
        Fleet.Start();
        _ready = MakeReadyAsync();
        AddGauges();
        _watch = Task.WhenAll(WatchProbesAsync(), State.WorkAsync(TellHealth, _stop.Token), _consoles.WorkAsync(_time, _stop.Token));
    }

    /// <summary>Takes over what can change while the agent runs. Leases, runs and connections are not touched.</summary>
    public void Reload(AgentSettings settings)
    {
        Settings = Settings with { QuarantineAfter = settings.QuarantineAfter, Shutdown = settings.Shutdown };
        Security.Refresh();
    }

    /// <summary>Begins nothing new and waits for what is at work, if that was configured. Calls of those who hold a lease are served meanwhile.</summary>
    /// <param name="begins">Told how long it may take, when it has to wait.</param>
    public async Task DrainAsync(Action<TimeSpan> begins)
    {
        var operations = Operations.AtWork.Where(o => !o.Ended.IsCompleted).ToList();
        if (!Settings.Shutdown.Drain || (Runs.AtWork == 0 && operations.Count == 0))
        {
            return;
        }

        Facts.IsDraining = true;
        AgentLog.Draining(_log, Settings.Shutdown.Limit.TotalSeconds, Runs.AtWork, operations.Count);
        begins(Settings.Shutdown.Limit);
        await Task.WhenAll([Runs.WhenIdleAsync(), .. operations.Select(o => o.Ended)])
            .WaitAsync(Settings.Shutdown.Limit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        Facts.IsStopping = true;
        Changes.Close();
        await _stop.CancelAsync();
        await Security.DisposeAsync();
        await Task.WhenAll(Runs.StopAsync(), Work.StopAsync(), Tunnels.StopAsync(StopLimit, _time));
        await Task.WhenAll(Operations.AtWork.Select(o => o.Ended)).WaitAsync(StopLimit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Leases.DisposeAsync();
        await Task.WhenAll(_ready, _watch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Contents.FlushAsync(StopLimit, _time);
        Fleet.Dispose();
        _consoles.Flush();
        Metrics.Dispose();
        Benches.Dispose();
        Work.Dispose();
        Runs.Dispose();
        await Audit.DisposeAsync();
        _database.Dispose();
        _stop.Dispose();
    }

    private async Task MakeReadyAsync()
    {
        try
        {
            await Task.Run(() => Leases.StartAsync(_stop.Token), _stop.Token);
            foreach (var session in Fleet.Sessions)
            {
                foreach (var problem in session.Problems)
                {
                    AgentLog.BoardTrouble(_log, session.Name, problem);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The agent stops before it was ready.
        }
        catch (FarmException e)
        {
            AgentLog.StartFailed(_log, e);
        }

        TellHealth();
        Changes.Raise();
    }

    // What was uploaded or used under a lease that is still in force may be needed under it again.
    private DateTimeOffset UsedSince() => Leases.List().Select(l => l.StartTime).Append(_time.GetUtcNow()).Min();

    private void QuarantineChanged()
    {
        TellHealth();
        Changes.Raise();
    }

    private IEnumerable<ExecutorStatus> ListExecutors() => Fleet.Sessions.SelectMany(s =>
        s.Probe is { } probe ? s.I2cBuses.Select(b => b.Status).Prepend(probe.Status) : s.I2cBuses.Select(b => b.Status));

    private void AddGauges()
    {
        Metrics.AddGauge("farm.board.available", "1 while a board can be used, 0 while it is broken or in quarantine.", () => Fleet.Sessions.Select(s =>
            new Measurement<long>(s.IsAvailable ? 1 : 0, new KeyValuePair<string, object?>("board", s.Name))));
        Metrics.AddGauge("farm.board.leased", "1 while somebody holds a board.", () => Fleet.Sessions.Select(s =>
            new Measurement<long>(Leases.StatusOf(s.Name).Lease is null ? 0 : 1, new KeyValuePair<string, object?>("board", s.Name))));
        Metrics.AddGauge("farm.board.waiting", "Requests in line for a board.", () => Fleet.Sessions.Select(s =>
            new Measurement<long>(Leases.StatusOf(s.Name).Waiting, new KeyValuePair<string, object?>("board", s.Name))));
        Metrics.AddGauge("farm.device.waiting", "Jobs that wait for a device.", () => ListExecutors().Select(s =>
            new Measurement<long>(s.Waiting, new KeyValuePair<string, object?>("device", s.Device))));
        Metrics.AddGauge("farm.device.hung", "1 while a device's thread hangs.", () => ListExecutors().Select(s =>
            new Measurement<long>(s.IsHung ? 1 : 0, new KeyValuePair<string, object?>("device", s.Device))));
        Metrics.AddGauge("farm.trace.entries", "Entries that a board's flight recorder took since the start.", () => Fleet.Sessions.Select(s =>
            new Measurement<long>(s.Trace.NextSequence - 1, new KeyValuePair<string, object?>("board", s.Name))));
    }

    private void TellHealth()
    {
        Health.SetStatus("state", State.Problems.Count == 0 ? HealthCheckResponse.Types.ServingStatus.Serving : HealthCheckResponse.Types.ServingStatus.NotServing);
        foreach (var session in Fleet.Sessions)
        {
            var serving = session.IsAvailable ? HealthCheckResponse.Types.ServingStatus.Serving : HealthCheckResponse.Types.ServingStatus.NotServing;
            Health.SetStatus(Mapping.ResourceNames.OfBoard(session.Name), serving);
        }
    }

    private async Task WatchProbesAsync()
    {
        using var timer = new PeriodicTimer(ProbeLookPause, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                Works.Beat("the look for probes", LongestLook);
                await LookForProbesAsync();
                ReturnMemoryWhenIdle();
            }
        }
        catch (OperationCanceledException)
        {
            // The agent stops.
        }
    }

    // A board has 512 MB: what a flash or a suite needed goes back to the system once nobody holds a board any more.
    private void ReturnMemoryWhenIdle()
    {
        if (_wasUsed && Leases.List().Count == 0)
        {
            _wasUsed = false;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private async Task LookForProbesAsync()
    {
        try
        {
            var changed = await Fleet.RefreshAsync(_stop.Token);
            foreach (var board in changed)
            {
                AgentLog.ProbeChanged(_log, board);
            }

            if (changed.Count > 0)
            {
                TellHealth();
                Changes.Raise();
            }
        }
        catch (FarmException e)
        {
            AgentLog.BoardTrouble(_log, "all", e.Message);
        }
    }

    private void Observe(LeaseChange change)
    {
        if (change.Kind is LeaseChangeKind.Trouble)
        {
            AgentLog.BoardTrouble(_log, change.Board, change.Problem?.Message ?? "");
        }
        else if (change is { Lease: { } lease, Kind: not LeaseChangeKind.Renewed })
        {
            _wasUsed = true;
            Fleet.Get(change.Board).Trace.Mark($"lease {lease.Id} of {lease.Owner} {change.Kind}");
            WriteDown(change, lease);
            AgentLog.LeaseChanged(_log, change.Board, lease.Id, lease.Owner, change.Kind, lease.Fence);
            if (change.Kind == LeaseChangeKind.Ended)
            {
                Runs.LeaseEnded(lease.Id);
            }
        }

        Changes.Raise();
    }

    private void WriteDown(LeaseChange change, Lease lease)
    {
        if (change.Kind is LeaseChangeKind.Granted or LeaseChangeKind.Restored or LeaseChangeKind.Ended)
        {
            Audit.Add(new AuditEntry
            {
                Kind = "lease",
                Who = lease.Identity,
                What = change.Kind == LeaseChangeKind.Ended ? WordOf(lease.State) : WordOf(change.Kind),
                Board = change.Board,
                Lease = lease.Id,
                Target = lease.Owner == lease.Identity ? "" : lease.Owner,
                Note = lease.EndReason,
            });
        }
    }

    private void WriteDown(FlashOperation ended)
    {
        var operation = ended.Snapshot();
        var signer = operation.Receipt?.SignedBy is { } s ? $"signed by {s.Key}, version {s.Version}, commit {s.Commit}" : "";
        Audit.Add(new AuditEntry
        {
            Kind = "flash",
            Who = ended.Identity,
            What = operation.Kind,
            Board = Mapping.ResourceNames.BoardOf(operation.Board),
            Target = ended.Image,
            Outcome = operation.Error is { } error ? error.Reason : "OK",
            Note = string.Join(' ', new[] { operation.Name, operation.Receipt?.Name ?? "", signer }.Where(t => t.Length > 0)),
        });
    }

    private void WriteDown(Api.V1.Run run, string identity) => Audit.Add(new AuditEntry
    {
        Kind = "run",
        Who = identity,
        What = "run",
        Board = Mapping.ResourceNames.BoardOf(run.Board),
        Lease = run.Lease.Length == 0 ? "" : Mapping.ResourceNames.LeaseOf(run.Lease),
        Target = run.Suite,
        Outcome = run.Verdict == Api.V1.Verdict.Pass ? "OK" : run.Reason.Length > 0 ? run.Reason : run.Verdict.ToString().ToUpperInvariant(),
        Note = run.Name,
    });

    private static string WordOf(LeaseState state) => state.ToString().ToLowerInvariant();

    private static string WordOf(LeaseChangeKind kind) => kind.ToString().ToLowerInvariant();
}
