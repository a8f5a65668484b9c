using FarmAgent.Flashing.Programming;
using FarmAgent.Probes;

namespace FarmAgent.Flashing.Tests.Programming;

/// <summary>What goes wrong on the wires and in RAM.</summary>
public sealed class FlashFaultTests : IDisposable
{
    private const uint ProgramCode = 0x2000_0000;
    private const uint CrcCode = 0x2000_0110;
    private readonly FlashBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Program_CrcRoutineFaults_ReadsBackInsteadAndSaysSo()
    {
        _bench.OnWrite = (address, bytes) => Spoil(address, bytes, CrcCode);
        var receipt = _bench.Flash(FlashBench.Noise(3000));
        Assert.Equal(VerifyMethod.Readback, receipt.VerifyMethod);
        Assert.Contains(receipt.Warnings, w => w.Contains("CRC unit could not be used", StringComparison.Ordinal));
        Assert.Equal(FlashBench.Noise(3000).Segments[0].Data.ToArray(), _bench.ReadFlash(FlashBench.FlashBase, 3000));
    }

    [Fact]
    public void Program_CrcRoutineFaultsWhereItIsDemanded_Fails()
    {
        _bench.OnWrite = (address, bytes) => Spoil(address, bytes, CrcCode);
        var options = new FlashOptions { Verify = VerifyMethod.Crc };
        Assert.Equal("LOADER_FAULT", Assert.Throws<FlashException>(() => _bench.Flash(FlashBench.Noise(3000), options)).Reason);
        Assert.Empty(_bench.Journal.Plans);
    }

    [Fact]
    public void Program_LoaderFaults_IsDecodedAndListsWhatIsUndefined()
    {
        _bench.OnWrite = (address, bytes) => Spoil(address, bytes, ProgramCode);
        var error = Assert.Throws<FlashException>(() => _bench.Flash(FlashBench.Noise(3000)));
        Assert.Equal("LOADER_FAULT", error.Reason);
        Assert.Contains("undefined instruction", error.Message, StringComparison.Ordinal);
        Assert.Equal("0x08000000..0x08000BFF", Assert.Single(error.Undefined).ToString());
    }

    [Fact]
    public void Program_BitLostOnTheWay_IsAMismatchAtItsAddress()
    {
        _bench.OnWrite = (address, bytes) =>
        {
            const int Slot = 1036;
            if (bytes.Length > Slot && bytes[1] == 0x00)
            {
                bytes[Slot + 8 + 100] ^= 0x01;
            }
        };
        var error = Assert.Throws<FlashException>(() => _bench.Flash(FlashBench.Noise(4096)));
        Assert.Equal(("VERIFY_MISMATCH", FlashBench.FlashBase + 1024 + 100), (error.Reason, error.Address));
    }

    [Fact]
    public void Program_TargetLostOnTheWay_KeepsItsReasonAndListsWhatIsUndefined()
    {
        var slots = 0;
        _bench.OnWrite = (_, bytes) =>
        {
            if (bytes.Length > 1024 && ++slots == 1)
            {
                throw new TargetException("TARGET_LINK_LOST", "The wires are disturbed.");
            }
        };
        var error = Assert.Throws<FlashInterruptedException>(() => _bench.Flash(FlashBench.Noise(4096)));
        Assert.Equal("TARGET_LINK_LOST", error.Reason);
        Assert.Equal(FlashBench.FlashBase + 4096, error.Undefined[^1].End);
    }

    [Fact]
    public void Program_FailureBeforeTheFirstSector_IsNoFlashException()
    {
        _bench.OnWrite = (address, _) =>
        {
            if (address == ProgramCode)
            {
                throw new ProbeException("PROBE_DISCONNECTED", "The probe is gone.");
            }
        };
        Assert.Throws<ProbeException>(() => _bench.Flash(FlashBench.Noise(4096)));
    }

    /// <summary>Overwrites the routine at this address by an undefined instruction (ARMv7-M ARM section A5.2.6).</summary>
    private static void Spoil(uint address, byte[] bytes, uint routine)
    {
        if (address == routine)
        {
            (bytes[8], bytes[9]) = (0x00, 0xDE);
        }
    }
}
