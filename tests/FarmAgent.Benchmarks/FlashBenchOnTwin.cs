using FarmAgent.Flashing;
using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Programming;
using FarmAgent.Flashing.Targets;
using FarmAgent.Probes;
using FarmAgent.Probes.Sessions;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;
using FarmAgent.TestKit.Strangers;

namespace FarmAgent.Benchmarks;

/// <summary>The seed's bench with a counter on its USB.</summary>
internal sealed class FlashBenchOnTwin : IDisposable
{
    private const uint FlashStart = 0x0800_0000;
    private readonly VirtualBackend _backend;
    private readonly BenchClockMode _clock;

    public FlashBenchOnTwin(BenchClockMode clock = BenchClockMode.Lockstep)
    {
        Bench = new VirtualBench(BenchFile.Seed() with { Clock = BenchClockMode.Lockstep });
        _backend = Bench.OpenBackend();
        Usb = new CountedUsb(_backend.Usb, () => Bench.Elapsed);
        _clock = clock;
    }

    public VirtualBench Bench { get; }

    public CountedUsb Usb { get; }

    /// <summary>Puts the clock into the mode that the peer needs, with nothing counted yet.</summary>
    public void Restart()
    {
        Bench.ClockMode = _clock;
        Usb.Restart();
    }

    public void Flash(byte[] content, FlashOptions options)
    {
        using var session = Open();
        var programmer = new FlashProgrammer(session, TargetRegistry.BuiltIn.Identify(session, "STM32F103C8T6"), _backend.Waiter);
        programmer.Program(
            FirmwareImage.Load(content, "bench.bin", new ImageOptions { BaseAddress = FlashStart }),
            options, new NoJournal(), null, static () => { }, CancellationToken.None);
    }

    /// <summary>The cost so far; wrong content is no result.</summary>
    public FlashCost RequireContent(byte[] wanted, string tool)
    {
        var cost = new FlashCost(tool, Usb.Duration.TotalMilliseconds, Usb.Commands, Usb.Transfers);
        Bench.ClockMode = BenchClockMode.Lockstep;
        using var session = Open();
        var found = new byte[wanted.Length];
        session.Memory.Read(FlashStart, found);
        return found.AsSpan().SequenceEqual(wanted) ? cost : throw new InvalidOperationException($"{tool} left other content than the image in the flash.");
    }

    public void Dispose()
    {
        _backend.Dispose();
        Bench.Dispose();
    }

    private DebugSession Open() =>
        DebugSession.Open(Usb, ProbeSelector.Any, new DebugSessionOptions(), _backend.Waiter, CancellationToken.None);

    private sealed class NoJournal : IFlashJournal
    {
        public void Intend(FlashPlan plan)
        {
        }

        public void IntendErase(IReadOnlyList<AddressRange> ranges)
        {
        }
    }
}
