using FarmAgent.Hardware.I2c;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Tests.Bench;

namespace FarmAgent.Simulation.Tests.Faults;

/// <summary>The expander's firmware on a bench that gets faults.</summary>
internal sealed class FirmwareOnFaultBench(string image) : IDisposable
{
    private readonly FirmwareBench _firmware = new(image);

    public VirtualBench Bench => _firmware.Bench;

    public FirmwareBench Firmware => _firmware;

    public string Make(string entry)
    {
        using var reader = new StringReader($"faults: [{{ {entry} }}]");
        return Bench.Faults.Apply(Assert.Single(FaultScript.Read(reader, "test.yaml")));
    }

    public I2cTransferResult Transfer(byte[] write, Span<byte> read, int limitMilliseconds = 25) =>
        _firmware.I2c.Transfer(new I2cAddress(0x08), write, read, TimeSpan.FromMilliseconds(limitMilliseconds));

    public bool ProbesExpander()
    {
        Span<byte> magic = stackalloc byte[2];
        return Transfer([0], magic).IsOk && magic is [0xBE, 0xEF];
    }

    public int CountBanners() => _firmware.ReadLog().Split("expander ").Length - 1;

    public void Dispose() => _firmware.Dispose();
}
