using System.Buffers.Binary;
using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Tests.Bench;

/// <summary>Probes and chips that a bench file can ask for, as a host sees them.</summary>
public sealed class BoardVariantTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("", 0x1BA0_1477, 0x2003_6410, 0xFFFF_0040)]
    [InlineData("chip: STM32F103CB", 0x1BA0_1477, 0x2003_6410, 0xFFFF_0080)]
    [InlineData("flash: 128", 0x1BA0_1477, 0x2003_6410, 0xFFFF_0040)]
    [InlineData("variant: CS32F103", 0x2BA0_1477, 0x2003_6410, 0)]
    [InlineData("variant: CKS32F103", 0x2BA0_1477, 0x2003_6410, 0xFFFF_FFFF)]
    [InlineData("variant: GD32F103", 0x1BA0_1477, 0x1303_0410, 0x0014_0040)]
    public void Chip_Variant_SaysWhatItIs(string target, uint debugPort, uint device, uint flashSize)
    {
        using var bench = new VirtualBench(Read(target: target));
        using var pipe = Enter(bench);
        Assert.Equal(debugPort, Word(Ask(pipe, 12, 0xF2, 0x31)));
        Assert.Equal((device, flashSize), (ReadWord(pipe, 0xE004_2000), ReadWord(pipe, 0x1FFF_F7E0)));
    }

    [Theory]
    [InlineData("", 0x11)]
    [InlineData("flash: 128", 0x80)]
    [InlineData("chip: STM32F103CB", 0x80)]
    public void Flash_AboveSixtyFourKibibytes_IsThereWhereTheBenchSaysSo(string target, byte status)
    {
        using var bench = new VirtualBench(Read(target: target));
        using var pipe = Enter(bench);
        Assert.Equal(status, Ask(pipe, 8, 0xF2, 0x36, 0x00, 0x00, 0x01, 0x08)[0]);
    }

    [Fact]
    public void Supply_BelowThePowerOnReset_IsMeasuredAndNothingAnswers()
    {
        using var bench = new VirtualBench(Read(target: "supply: 1.5"));
        using var pipe = Idle(bench);
        var reading = Ask(pipe, 8, 0xF7);
        Assert.Equal(1.5, 2.4 * BinaryPrimitives.ReadUInt32LittleEndian(reading.AsSpan(4)) / BinaryPrimitives.ReadUInt32LittleEndian(reading), tolerance: 0.01);
        Assert.Equal(0x09, Ask(pipe, 2, 0xF2, 0x30, 0xA3)[0]);
    }

    [Fact]
    public void SupplySense_Open_ReadsNothingOfATargetThatAnswers()
    {
        using var bench = new VirtualBench(Read(probe: "supply_sense: open"));
        using var pipe = Enter(bench);
        Assert.Equal(0u, Word(Ask(pipe, 8, 0xF7)));
    }

    [Fact]
    public void Nrst_Open_LeavesTheChipRunning()
    {
        using var bench = new VirtualBench(Read(probe: "nrst: open"));
        using var pipe = Enter(bench);
        Ask(pipe, 2, 0xF2, 0x3C, 0x00);
        Assert.True(bench.GetNet("NRST").Level);
    }

    [Fact]
    public void Flash_BusyErasing_LetsTheAdapterWaitAndAnswersLater()
    {
        using var bench = new VirtualBench(Read());
        using var pipe = Enter(bench);
        WriteWord(pipe, 0x4002_2004, 0x4567_0123);
        WriteWord(pipe, 0x4002_2004, 0xCDEF_89AB);
        WriteWord(pipe, 0x4002_2010, 0x04);
        WriteWord(pipe, 0x4002_2010, 0x44);

        var during = Ask(pipe, 8, 0xF2, 0x36, 0x00, 0x00, 0x00, 0x08);
        var register = ReadWord(pipe, 0x4002_200C);
        bench.Advance(TimeSpan.FromMilliseconds(25), CancellationToken.None);
        var after = Ask(pipe, 8, 0xF2, 0x36, 0x00, 0x00, 0x00, 0x08);

        Assert.Equal((0x10, 1u, 0x80, uint.MaxValue), (during[0], register, after[0], Word(after)));
    }

    [Theory]
    [InlineData("firmware: V9J1", "is no firmware of an ST-LINK")]
    [InlineData("power_up: asleep", "'power_up: asleep' has to be one of dfu")]
    [InlineData("nrst: maybe", "'nrst: maybe' has to be one of wired, open")]
    [InlineData("serial_form: octal", "'serial_form: octal' has to be one of hex, binary, placeholder, none")]
    public void Probe_AMistake_IsNamed(string probe, string expected) =>
        Assert.Contains(expected, Assert.Throws<BenchFileException>(() => Read(probe: probe)).Message, StringComparison.Ordinal);

    private static BenchDescription Read(string probe = "", string target = "") => BenchFile.Read(
        new StringReader($"name: small\nclock: lockstep\nprobe:\n  serial: 066DFF535550755187154723\n  {probe}\ntarget:\n  uid: 34FFD905434E383719670843\n  {target}\n"), "small.yaml");

    private static IUsbBulkPipe Idle(VirtualBench bench)
    {
        var usb = bench.OpenBackend().Usb;
        var pipe = usb.Open(Assert.Single(usb.List()), 0);
        Send(pipe, 0xF3, 0x07);
        return pipe;
    }

    private static IUsbBulkPipe Enter(VirtualBench bench)
    {
        var pipe = Idle(bench);
        Assert.Equal(0x80, Ask(pipe, 2, 0xF2, 0x30, 0xA3)[0]);
        return pipe;
    }

    private static uint ReadWord(IUsbBulkPipe pipe, uint address) =>
        Word(Ask(pipe, 8, [0xF2, 0x36, (byte)address, (byte)(address >> 8), (byte)(address >> 16), (byte)(address >> 24)]));

    private static void WriteWord(IUsbBulkPipe pipe, uint address, uint value)
    {
        byte[] command = [0xF2, 0x35, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(command.AsSpan(2), address);
        BinaryPrimitives.WriteUInt32LittleEndian(command.AsSpan(6), value);
        Assert.Equal(0x80, Ask(pipe, 2, command)[0]);
    }

    private static uint Word(byte[] reply) => BinaryPrimitives.ReadUInt32LittleEndian(reply.AsSpan(4));

    private static void Send(IUsbBulkPipe pipe, params byte[] command)
    {
        Array.Resize(ref command, 16);
        pipe.Write(0x02, command, Limit);
    }

    private static byte[] Ask(IUsbBulkPipe pipe, int length, params byte[] command)
    {
        Send(pipe, command);
        var reply = new byte[length];
        Assert.Equal(length, pipe.Read(0x81, reply, Limit));
        return reply;
    }
}
