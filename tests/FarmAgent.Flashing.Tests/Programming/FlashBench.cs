using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Programming;
using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using FarmAgent.Probes.Sessions;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Probes;

namespace FarmAgent.Flashing.Tests.Programming;

/// <summary>The seed's bench in lockstep, with what a flash needs around it.</summary>
internal sealed class FlashBench : IDisposable
{
    public const uint FlashBase = 0x0800_0000;

    public FlashBench(Func<BenchDescription, BenchDescription>? change = null)
    {
        var seed = BenchFile.Seed() with { Clock = BenchClockMode.Lockstep };
        Bench = new VirtualBench(change is null ? seed : change(seed));
        Backend = Bench.OpenBackend();
    }

    public VirtualBench Bench { get; }

    public IHardwareBackend Backend { get; }

    public RecordingJournal Journal { get; } = new();

    /// <summary>Called with each progress report, on the flashing thread.</summary>
    public Action<FlashProgress, DebugSession>? OnProgress { get; set; }

    public Action CheckFence { get; set; } = () => { };

    public static FirmwareImage Firmware(string name) =>
        FirmwareImage.Load(File.ReadAllBytes(RepositoryFiles.At("tests/dut-firmware/bin/" + name)), name);

    /// <summary>Bytes without a pattern, from a fixed start; no half-word of them is erased.</summary>
    public static FirmwareImage Noise(int length, int seed = 1, uint address = FlashBase)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        for (var i = 0; i < length; i++)
        {
            bytes[i] &= 0x7F;
        }

        return FirmwareImage.Load(bytes, "noise.bin", new ImageOptions { BaseAddress = address });
    }

    /// <summary>Called with each range before it is written to the target; may change the bytes or throw.</summary>
    public Action<uint, byte[]>? OnWrite { get; set; }

    public DebugSession Open()
    {
        var probe = ProbeCatalog.Open(Backend.Usb, ProbeSelector.Any, Backend.Waiter);
        probe = OnWrite is null ? probe : new TamperedProbe(probe) { OnWrite = OnWrite };
        return DebugSession.Open(probe, new DebugSessionOptions(), Backend.Waiter, CancellationToken.None);
    }

    public FlashProgrammer NewProgrammer(DebugSession session, string? part = "STM32F103C8T6") =>
        new(session, TargetRegistry.BuiltIn.Identify(session, part), Backend.Waiter);

    public FlashReceipt Flash(FirmwareImage image, FlashOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var session = Open();
        return NewProgrammer(session).Program(
            image, options ?? new FlashOptions(), Journal, new Progress(this, session), CheckFence, cancellationToken);
    }

    public EraseReceipt Erase(AddressRange? range)
    {
        using var session = Open();
        return NewProgrammer(session).Erase(range, Journal, new Progress(this, session), CheckFence, CancellationToken.None);
    }

    public byte[] ReadFlash(uint address, int length)
    {
        using var session = Open();
        var content = new byte[length];
        session.Memory.Read(address, content);
        return content;
    }

    public byte[] ReadFlash(FirmwareImage image) => ReadFlash(image.Segments[0].Address, image.Segments[0].Data.Length);

    public void Dispose()
    {
        Backend.Dispose();
        Bench.Dispose();
    }

    private sealed class Progress(FlashBench bench, DebugSession session) : IProgress<FlashProgress>
    {
        public void Report(FlashProgress value) => bench.OnProgress?.Invoke(value, session);
    }
}

/// <summary>Remembers what was intended.</summary>
internal sealed class RecordingJournal : IFlashJournal
{
    public List<FlashPlan> Plans { get; } = [];

    public List<IReadOnlyList<AddressRange>> Erases { get; } = [];

    public void Intend(FlashPlan plan) => Plans.Add(plan);

    public void IntendErase(IReadOnlyList<AddressRange> ranges) => Erases.Add(ranges);
}
