using FarmAgent.Hardware.Contracts.I2c;
using FarmAgent.Hardware.Linux;

namespace FarmAgent.Hardware.KernelTests.Contracts;

/// <summary>The kernel's i2c-dev over its driver of an i2c-tiny-usb, whose bus is the twin's.</summary>
public sealed class KernelI2cBus : I2cBusContract
{
    private readonly LinuxBackend _backend = new("contract tests");

    protected override IHardwareBackend Backend => _backend;

    protected override string Bus => "i2c-tiny-usb";

    protected override IDisposable HoldClock() => new HeldClock();

    protected override void RefuseData() => Outside.Ask("bench fault add i2c-nack at=2");

    protected override void Dispose(bool disposing) => _backend.Dispose();

    private sealed class HeldClock : IDisposable
    {
        public HeldClock() => Outside.Ask("bench fault add stuck-wire net=SCL level=low");

        public void Dispose() => Outside.Ask("bench fault clear");
    }
}
