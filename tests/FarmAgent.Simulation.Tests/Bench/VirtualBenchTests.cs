using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Serial;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Bench;

public sealed class VirtualBenchTests
{
    [Fact]
    public void Backend_IsVirtualAndNamedAsTheBench()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        using var backend = bench.OpenBackend();
        Assert.Equal(("seed", true), (backend.Name, backend.IsVirtual));
    }

    [Fact]
    public void Usb_ListsTheProbeWithSerialAndPort()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        var probe = bench.OpenBackend().Usb.List().Single();
        Assert.Equal((0x0483, 0x3748, "066DFF535550755187154723", "1-1"), (probe.VendorId, probe.ProductId, probe.RawSerial, probe.PortPath));
    }

    [Fact]
    public void Lockstep_TheSameStepsTwice_TakeTheSameTimeToThePicosecond()
    {
        Assert.Equal(RunOnce(), RunOnce());

        static (long, string) RunOnce()
        {
            using var dut = new FirmwareBench("expander");
            dut.MapFirstGpio(pin: 0, config: 1);
            dut.WriteRegister(0x1B, 1);
            return (dut.Bench.Clock.Now, dut.ReadLog());
        }
    }

    [Fact]
    public void Realtime_FirmwareAnswersOnI2c()
    {
        using var dut = new FirmwareBench("expander");
        dut.Bench.ClockMode = BenchClockMode.Realtime;
        var read = new byte[2];
        var result = dut.I2c.Transfer(new I2cAddress(8), [0], read, TimeSpan.FromSeconds(5));
        Assert.Equal(I2cTransferStatus.Ok, result.Status);
        Assert.Equal([0xBE, 0xEF], read);
    }

    [Fact]
    public void SleepingFirmware_AnHour_IsSkippedInLockstep()
    {
        using var dut = new FirmwareBench("expander");
        dut.Advance(TimeSpan.FromHours(1).TotalMilliseconds);
        Assert.Equal(0xBE, dut.ReadRegister(0));
    }

    [Fact]
    public void Nets_ListTheFilesNetsAndTheProbesWires()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        Assert.Superset(new HashSet<string> { "SDA", "SCL", "PA0", "LED", "NRST", "SWDIO", "SWCLK" }, bench.ListNets().Select(n => n.Name).ToHashSet());
    }

    [Fact]
    public void DriveNet_ThenLetGo_LeavesItToItsPull()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        bench.DriveNet("SDA", PinDrive.Low);
        var driven = bench.GetNet("SDA").Level;
        bench.DriveNet("SDA", PinDrive.None);
        Assert.Equal((false, true), (driven, bench.GetNet("SDA").Level));
    }

    [Fact]
    public void OpenSerial_Twice_IsBusy()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        using var port = bench.OpenBackend().OpenSerial("/dev/ttyS1", SerialSettings.Default);
        Assert.Equal("SERIAL_BUSY", Assert.Throws<HardwareException>(() => bench.OpenBackend().OpenSerial("usart1", SerialSettings.Default)).Reason);
    }

    [Fact]
    public async Task Dispose_WhileAReaderWaits_HangsThePortUp()
    {
        var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        using var port = bench.OpenBackend().OpenSerial("usart1", SerialSettings.Default);
        var reading = Task.Run(() => port.Read(new byte[1], TimeSpan.FromMinutes(1)));
        bench.Dispose();
        var lost = await Assert.ThrowsAsync<HardwareException>(() => reading.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal("SERIAL_LOST", lost.Reason);
    }

    [Fact]
    public void OpenI2c_UnknownName_NamesTheAdapters()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        var problem = Assert.Throws<HardwareException>(() => bench.OpenBackend().OpenI2c("i2c7"));
        Assert.Equal("I2C_ADAPTER_LOST", problem.Reason);
        Assert.Contains("i2c0", problem.Message, StringComparison.Ordinal);
    }
}
