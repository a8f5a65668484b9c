using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Programming;
using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;
using FarmAgent.Probes;

namespace FarmAgent.Flashing.Tests.Programming;

public sealed class FlashProgrammerTests : IDisposable
{
    private readonly FlashBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Program_BlankChip_BringsTheImageWithoutErasing()
    {
        var image = FlashBench.Firmware("expander.elf");
        var receipt = _bench.Flash(image);
        Assert.Equal(image.Segments[0].Data.ToArray(), _bench.ReadFlash(image));
        Assert.Equal(0, receipt.SectorsErased);
    }

    [Fact]
    public void Program_Firmware_RunsAndAnswersOnI2c()
    {
        _bench.Flash(FlashBench.Firmware("expander.elf"));
        _bench.Bench.Advance(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        using var bus = _bench.Backend.OpenI2c("i2c0");
        var magic = new byte[2];
        bus.Transfer(new I2cAddress(0x08), [0x00], magic, TimeSpan.FromSeconds(1));
        Assert.Equal([0xBE, 0xEF], magic);
    }

    [Fact]
    public void Program_Receipt_ProvesImageProbeAndChip()
    {
        var image = FlashBench.Firmware("expander.elf");
        var receipt = _bench.Flash(image);
        Assert.Equal(
            (image.Sha256, "066DFF535550755187154723", 0x2003_6410u, VerifyMethod.Crc),
            (receipt.ImageSha256, receipt.ProbeSerial, receipt.ChipId, receipt.VerifyMethod));
    }

    [Fact]
    public void Program_ReceiptCrcs_AreThoseOfTheFlash()
    {
        var receipt = _bench.Flash(FlashBench.Noise(3000));
        Assert.All(receipt.Sectors, s => Assert.Equal(FlashCrc.Compute(_bench.ReadFlash(s.Range.Start, (int)s.Range.Length)), s.Crc));
    }

    [Fact]
    public void Program_IdenticalImage_ChangesNothing()
    {
        var image = FlashBench.Firmware("expander.elf");
        _bench.Flash(image);
        var receipt = _bench.Flash(image);
        Assert.Equal((0, 0), (receipt.SectorsErased, receipt.SectorsProgrammed));
        Assert.Single(_bench.Journal.Plans);
    }

    [Fact]
    public void Program_ChangedSector_IsTheOnlyOneErased()
    {
        _bench.Flash(FlashBench.Noise(8192));
        var file = FlashBench.Noise(8192).Segments[0].Data.ToArray();
        file[5000] ^= 1;
        var changed = FirmwareImage.Load(file, "changed.bin");
        var receipt = _bench.Flash(changed);
        Assert.Equal((1, 1, 7), (receipt.SectorsErased, receipt.SectorsProgrammed, receipt.SectorsIdentical));
        Assert.Equal(file, _bench.ReadFlash(changed));
    }

    [Fact]
    public void Program_WholeFlash_IsVerified()
    {
        var image = FlashBench.Noise(65536);
        var receipt = _bench.Flash(image, new FlashOptions { After = AfterFlash.Halt });
        Assert.Equal(64, receipt.SectorsProgrammed);
        Assert.Equal(image.Segments[0].Data.ToArray(), _bench.ReadFlash(image));
    }

    [Fact]
    public void Program_BytesBesideTheImage_ArePreservedByDefault()
    {
        var before = FlashBench.Noise(2048, seed: 2);
        _bench.Flash(before);
        _bench.Flash(FlashBench.Noise(100));
        Assert.Equal(before.Segments[0].Data.ToArray()[100..], _bench.ReadFlash(FlashBench.FlashBase + 100, 1948));
    }

    [Fact]
    public void Program_BytesBesideTheImage_AreErasedOnRequest()
    {
        _bench.Flash(FlashBench.Noise(2048, seed: 2));
        _bench.Flash(FlashBench.Noise(100), new FlashOptions { Uncovered = UncoveredBytes.Erase });
        Assert.All(_bench.ReadFlash(FlashBench.FlashBase + 100, 924), b => Assert.Equal(0xFF, b));
    }

    [Fact]
    public void Program_ByReadback_SaysSo() =>
        Assert.Equal(VerifyMethod.Readback, _bench.Flash(FlashBench.Noise(3000), new FlashOptions { Verify = VerifyMethod.Readback }).VerifyMethod);

    [Fact]
    public void Program_OverAllThatIsThere_ErasesAtOnce()
    {
        _bench.Flash(FlashBench.Noise(16384));
        _bench.Flash(FlashBench.Noise(16384, seed: 2));
        Assert.True(_bench.Journal.Plans[^1].EraseAll);
        Assert.Equal(FlashBench.Noise(16384, seed: 2).Segments[0].Data.ToArray(), _bench.ReadFlash(FlashBench.FlashBase, 16384));
    }

    [Fact]
    public void Program_BesideOtherContent_LeavesItAlone()
    {
        var other = FlashBench.Noise(3000, seed: 3, address: FlashBench.FlashBase + 40960);
        _bench.Flash(FlashBench.Noise(16384));
        _bench.Flash(other);
        _bench.Flash(FlashBench.Noise(16384, seed: 2));
        Assert.False(_bench.Journal.Plans[^1].EraseAll);
        Assert.Equal(other.Segments[0].Data.ToArray(), _bench.ReadFlash(FlashBench.FlashBase + 40960, 3000));
    }

    [Fact]
    public void Program_SectorsOnly_NeverErasesAtOnce()
    {
        _bench.Flash(FlashBench.Noise(16384));
        _bench.Flash(FlashBench.Noise(16384, seed: 2), new FlashOptions { SectorsOnly = true });
        Assert.False(_bench.Journal.Plans[^1].EraseAll);
    }

    [Fact]
    public void Program_ErasedAtOnceAndThenCut_ListsEverySectorOfThePlan()
    {
        _bench.Flash(FlashBench.Noise(16384));
        _bench.OnWrite = (_, bytes) =>
        {
            if (bytes.Length > 2048)
            {
                throw new ProbeException("PROBE_DISCONNECTED", "The probe is gone.");
            }
        };
        var error = Assert.Throws<FlashInterruptedException>(() => _bench.Flash(FlashBench.Noise(16384, seed: 2)));
        Assert.Equal("0x08000000..0x08003FFF", Assert.Single(error.Undefined).ToString());
    }

    [Fact]
    public void Program_Forced_RewritesIdenticalSectors()
    {
        _bench.Flash(FlashBench.Noise(2048));
        Assert.Equal(2, _bench.Flash(FlashBench.Noise(2048), new FlashOptions { Force = true }).SectorsErased);
    }

    [Fact]
    public void Program_AnyImage_IsAnnouncedBeforeTheFirstSectorChanges()
    {
        var untouched = false;
        _bench.OnProgress = (progress, session) =>
        {
            if (progress.Phase == FlashPhase.Programming && !untouched && progress.SectorsDone == 0)
            {
                untouched = _bench.Journal.Plans.Count == 1;
            }
        };
        _bench.Flash(FlashBench.Noise(4096));
        Assert.True(untouched);
    }

    [Fact]
    public void Program_Progress_NeverGoesBackAndEndsComplete()
    {
        var done = new List<int>();
        _bench.OnProgress = (progress, _) =>
        {
            if (progress.Phase == FlashPhase.Programming)
            {
                done.Add(progress.SectorsDone);
            }
        };
        _bench.Flash(FlashBench.Noise(8192));
        Assert.Equal(done.Order(), done);
        Assert.Equal(8, done[^1]);
    }

    [Fact]
    public void Program_Cancelled_StopsAtASectorAndListsTheRest()
    {
        using var cancel = new CancellationTokenSource();
        _bench.OnProgress = (progress, _) => CancelAt(progress, 2, cancel);
        var image = FlashBench.Noise(16384);
        var error = Assert.Throws<FlashInterruptedException>(() => _bench.Flash(image, cancellationToken: cancel.Token));
        Assert.Equal("FLASH_INTERRUPTED", error.Reason);
        var undefined = Assert.Single(error.Undefined);
        Assert.InRange(undefined.Start, FlashBench.FlashBase + 2048, FlashBench.FlashBase + 15360);
        var finished = (int)(undefined.Start - FlashBench.FlashBase);
        Assert.Equal(image.Segments[0].Data.ToArray()[..finished], _bench.ReadFlash(FlashBench.FlashBase, finished));
    }

    [Fact]
    public void Program_Cancelled_LeavesTheCoreHalted()
    {
        using var cancel = new CancellationTokenSource();
        _bench.OnProgress = (progress, _) => CancelAt(progress, 1, cancel);
        Assert.Throws<FlashInterruptedException>(() => _bench.Flash(FlashBench.Noise(8192), cancellationToken: cancel.Token));
        using var session = _bench.Open();
        Assert.True(session.Core.ReadState().IsHalted);
    }

    [Fact]
    public void Program_CancelledBeforeItBegan_ChangesNothing()
    {
        using var cancel = new CancellationTokenSource();
        _bench.OnProgress = (_, _) => cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => _bench.Flash(FlashBench.Noise(8192), cancellationToken: cancel.Token));
        Assert.Empty(_bench.Journal.Plans);
    }

    [Fact]
    public void Program_FenceCloses_StopsWithItsReason()
    {
        var checks = 0;
        _bench.CheckFence = () =>
        {
            if (++checks > 5)
            {
                throw new RequestException("LEASE_LOST", "The lease ended.");
            }
        };
        var error = Assert.Throws<FlashInterruptedException>(() => _bench.Flash(FlashBench.Noise(16384)));
        Assert.Equal("LEASE_LOST", error.Reason);
        Assert.NotEmpty(error.Undefined);
    }

    [Fact]
    public void Program_ProbeUnplugged_SaysSoAndListsWhatIsUndefined()
    {
        _bench.OnProgress = (progress, _) => UnplugAt(progress, 3);
        var error = Assert.Throws<FlashInterruptedException>(() => _bench.Flash(FlashBench.Noise(16384)));
        Assert.Equal("PROBE_DISCONNECTED", error.Reason);
        Assert.True(error.Undefined[^1].End == FlashBench.FlashBase + 16384);
    }

    [Fact]
    public void Program_AfterUnplugAndReplug_Succeeds()
    {
        _bench.OnProgress = (progress, _) => UnplugAt(progress, 3);
        var image = FlashBench.Noise(16384);
        Assert.Throws<FlashInterruptedException>(() => _bench.Flash(image));
        _bench.OnProgress = null;
        _bench.Bench.Faults.ReplugProbe();
        _bench.Flash(image);
        Assert.Equal(image.Segments[0].Data.ToArray(), _bench.ReadFlash(image));
    }

    [Fact]
    public void Program_SectorNotErasedAsThought_FailsWithTheAddress()
    {
        _bench.OnProgress = (progress, session) =>
        {
            if (progress is { Phase: FlashPhase.Comparing, SectorsDone: > 0 })
            {
                RawFlash.Program(session, FlashBench.FlashBase + 1026, 0x1234);
            }
        };
        var error = Assert.Throws<FlashException>(() => _bench.Flash(FlashBench.Noise(4096)));
        Assert.Equal(("FLASH_PROGRAM_FAILED", FlashBench.FlashBase + 1026), (error.Reason, error.Address));
        Assert.NotEmpty(error.Undefined);
    }

    [Theory]
    [InlineData(VerifyMethod.Crc)]
    [InlineData(VerifyMethod.Readback)]
    public void Program_FlashThatDiffersAfterwards_IsAMismatchAtTheAddress(VerifyMethod method)
    {
        _bench.OnProgress = (progress, session) =>
        {
            if (progress is { Phase: FlashPhase.Verifying, SectorsDone: 0 })
            {
                RawFlash.Program(session, FlashBench.FlashBase + 1030, 0x0000);
            }
        };
        var error = Assert.Throws<FlashException>(() => _bench.Flash(FlashBench.Noise(4096), new FlashOptions { Verify = method }));
        Assert.Equal(("VERIFY_MISMATCH", FlashBench.FlashBase + 1030), (error.Reason, error.Address));
        Assert.Equal("0x08000400..0x080007FF", Assert.Single(error.Undefined).ToString());
    }

    [Fact]
    public void Program_ImageOutsideFlash_IsRefusedBeforeAnything()
    {
        var image = FlashBench.Noise(2048, address: FlashBench.FlashBase + 65536 - 1024);
        Assert.Equal("IMAGE_OUTSIDE_FLASH", Assert.Throws<ImageException>(() => _bench.Flash(image)).Reason);
    }

    [Fact]
    public void Program_ImplausibleVectors_IsAWarningOnTheReceipt() =>
        Assert.Contains(_bench.Flash(FlashBench.Noise(2048)).Warnings, w => w.StartsWith("IMAGE_VECTORS_IMPLAUSIBLE", StringComparison.Ordinal));

    [Fact]
    public void Program_GoodFirmware_HasNoWarning() => Assert.Empty(_bench.Flash(FlashBench.Firmware("expander.elf")).Warnings);

    [Theory]
    [InlineData(AfterFlash.Run, false)]
    [InlineData(AfterFlash.Halt, true)]
    [InlineData(AfterFlash.None, true)]
    public void Program_After_LeavesTheCoreAsAsked(AfterFlash after, bool halted)
    {
        _bench.Flash(FlashBench.Firmware("blinky.elf"), new FlashOptions { After = after });
        using var session = _bench.Open();
        Assert.Equal(halted, session.Core.ReadState().IsHalted);
    }

    private static void CancelAt(FlashProgress progress, int sector, CancellationTokenSource cancel)
    {
        if (progress.Phase == FlashPhase.Programming && progress.SectorsDone >= sector)
        {
            cancel.Cancel();
        }
    }

    private void UnplugAt(FlashProgress progress, int sector)
    {
        if (progress.Phase == FlashPhase.Programming && progress.SectorsDone >= sector)
        {
            _bench.Bench.Faults.UnplugProbe();
        }
    }
}
