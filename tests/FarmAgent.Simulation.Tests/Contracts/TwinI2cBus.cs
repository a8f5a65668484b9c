using FarmAgent.Hardware;
using FarmAgent.Hardware.Contracts.I2c;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Contracts;

/// <summary>The twin's I2C bus, with a chip of sixteen registers on it.</summary>
public sealed class TwinI2cBus : I2cBusContract
{
    private readonly VirtualBench _bench = new(WithChip(BenchFile.Seed()) with { Clock = BenchClockMode.Lockstep });

    protected override IHardwareBackend Backend => _bench.OpenBackend();

    protected override string Bus => "i2c0";

    protected override IDisposable HoldClock() => new HeldClock(_bench);

    protected override void RefuseData() => _bench.Faults.Apply(new BenchFault(BenchFaultKind.I2cNack) { Trigger = new FaultTrigger { At = 2 } });

    protected override void Dispose(bool disposing) => _bench.Dispose();

    private static BenchDescription WithChip(BenchDescription seed) => seed with
    {
        I2c = [seed.I2c[0] with { Targets = [new BenchI2cTarget("memory", 0x50, new byte[16], Writable: true)] }],
    };

    private sealed class HeldClock : IDisposable
    {
        private readonly VirtualBench _bench;

        public HeldClock(VirtualBench bench)
        {
            _bench = bench;
            bench.DriveNet("SCL", PinDrive.Low);
        }

        public void Dispose() => _bench.DriveNet("SCL", PinDrive.None);
    }
}
