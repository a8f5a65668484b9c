using FarmAgent.Boards.Diagnosing;
using FarmAgent.Boards.Expander;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Safety;
using FarmAgent.Boards.Sessions;
using FarmAgent.Boards.Tests.FlashRecords;
using FarmAgent.Boards.Tests.Leases;
using FarmAgent.Flashing;
using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Programming;
using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware.I2c;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Boards.Tests.Sessions;

/// <summary>The reference board with everything behind it real, on the virtual bench in lockstep.</summary>
internal sealed class TwinBench : IAsyncDisposable, IFlashJournal
{
    public static readonly I2cAddress Expander = new(0x08);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly VirtualBackend _backend;
    private readonly BoardLeaseHooks _hooks;

    private TwinBench()
    {
        var inventory = new BoardInventory([SeedBoard.Description]);
        _backend = Twin.OpenBackend();
        Contents = new FlashContentTracker(Records);
        Fleet = new BoardFleet(inventory, _ => _backend, Contents, sink: null, TimeProvider.System, new SessionOptions());
        _hooks = new BoardLeaseHooks(Fleet, new SafeStateKeeper(Contents, TimeProvider.System), _ => { });
        Leases = new LeaseManager(inventory, new MemoryLeaseStore(), _hooks, new FakeBootClock(new FakeTime()), TimeProvider.System, new LeaseOptions());
        Collector = new EvidenceCollector(Contents, TimeProvider.System);
    }

    public VirtualBench Twin { get; } = VirtualBench.Seed(BenchClockMode.Lockstep);

    public MemoryFlashRecords Records { get; } = new();

    public FlashContentTracker Contents { get; }

    public BoardFleet Fleet { get; }

    public LeaseManager Leases { get; }

    public EvidenceCollector Collector { get; }

    public BoardSession Board => Fleet.Get("b1");

    public static async Task<TwinBench> StartAsync()
    {
        var bench = new TwinBench();
        await bench.Leases.StartAsync(TestContext.Current.CancellationToken);
        return bench;
    }

    public async Task<LeasedTwin> LeaseAsync()
    {
        var lease = (await Leases.AcquireAsync(LeaseBench.For("anna"), null, TestContext.Current.CancellationToken)).GetLease();
        return new LeasedTwin(this, lease, Leases.Authorize(lease.Id, "b1"));
    }

    public async ValueTask DisposeAsync()
    {
        await Leases.DisposeAsync();
        Fleet.Dispose();
        _backend.Dispose();
        Twin.Dispose();
    }

    void IFlashJournal.Intend(FlashPlan plan)
    {
    }

    void IFlashJournal.IntendErase(IReadOnlyList<AddressRange> ranges)
    {
    }

    internal sealed class LeasedTwin(TwinBench bench, Lease lease, Boards.Executors.LeaseToken token)
    {
        public Lease Lease { get; } = lease;

        public Boards.Executors.LeaseToken Token { get; } = token;

        /// <summary>Flashes an image of the firmware under test, with its receipt on record.</summary>
        public async Task FlashAsync(string image)
        {
            var file = FirmwareImage.Load(await File.ReadAllBytesAsync(RepositoryFiles.At($"tests/dut-firmware/bin/{image}"), TestContext.Current.CancellationToken), image);
            var probe = bench.Board.GetProbe();
            var receipt = await probe.RunAsync(
                Token,
                "flash",
                probe.DefaultOptions,
                (debug, stop) => new FlashProgrammer(debug, TargetRegistry.BuiltIn.Identify(debug, "STM32F103C8"), bench.Board.Backend.Waiter)
                    .Program(file, new FlashOptions { After = AfterFlash.Run }, bench, null, Token.Check, stop),
                Limit,
                TestContext.Current.CancellationToken);
            await bench.Contents.CompleteFlashAsync(
                Flashes.Proof with { ImageSha256 = receipt.ImageSha256, FileName = image, ProbeSerial = receipt.ProbeSerial, DeviceIdCode = receipt.ChipId, ChipUniqueId = receipt.ChipUniqueId },
                TestContext.Current.CancellationToken);
            Pass(20);
        }

        /// <summary>Claims a receipt that was never earned, for the chip that is there.</summary>
        public async Task ClaimAsync()
        {
            var probe = bench.Board.GetProbe();
            var (serial, device, uniqueId) = await probe.RunAsync(
                Token, "look", probe.LookOnly, (d, _) => (d.Probe.Info.Serial, d.Identity.DeviceIdCode, TargetRegistry.BuiltIn.FindUniqueId(d)), Limit, TestContext.Current.CancellationToken);
            await bench.Contents.CompleteFlashAsync(
                Flashes.Proof with { ProbeSerial = serial, DeviceIdCode = device, ChipUniqueId = uniqueId }, TestContext.Current.CancellationToken);
        }

        public void Pass(double milliseconds) => bench.Twin.Advance(TimeSpan.FromMilliseconds(milliseconds), TestContext.Current.CancellationToken);

        public Task<T> OnBusAsync<T>(Func<II2cBus, T> job) =>
            bench.Board.GetI2cBus(null).RunAsync(Token, "test", (bus, _) => job(bus), Limit, TestContext.Current.CancellationToken);

        public Task<T> OnExpanderAsync<T>(Func<ExpanderProtocol, T> job) => OnBusAsync(bus => job(new ExpanderProtocol(bus, Expander, TimeSpan.FromMilliseconds(100))));

        /// <summary>Probes the expander, which must fail, and asks whose fault it is.</summary>
        public async Task<Diagnosis> DiagnoseAsync()
        {
            var outcome = await OnExpanderAsync(e => e.Probe());
            Assert.False(outcome.IsOk);
            return await bench.Collector.DiagnoseAsync(
                bench.Board, Token, bench.Board.GetExpanderBus(), Expander, outcome.Transfer, TestContext.Current.CancellationToken);
        }

        public Task EndAsync() => bench.Leases.ReleaseAsync(Lease.Id, TestContext.Current.CancellationToken);
    }
}
