using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Tests.Expander;

/// <summary>An expander as its register map says; like the author's firmware it does not count the register up.</summary>
internal sealed class FakeExpander : II2cBus
{
    private byte _register;

    public byte[] Registers { get; } = new byte[256];

    public List<string> Transfers { get; } = [];

    /// <summary>From this transfer on, counted from 0, nobody acknowledges.</summary>
    public int SilentFrom { get; set; } = int.MaxValue;

    /// <summary>Registers from here on are refused.</summary>
    public int RefusedFrom { get; set; } = 256;

    public string Name => "i2c0";

    public static FakeExpander Ours()
    {
        var fake = new FakeExpander();
        (fake.Registers[0], fake.Registers[1]) = (0xBE, 0xEF);
        new byte[] { 1, 1, 2, 3, 0x3C, 0x7A, 0x19, 0xE2 }.CopyTo(fake.Registers.AsSpan(0x30));
        return fake;
    }

    public I2cTransferResult Transfer(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout)
    {
        Transfers.Add($"{address} w{Convert.ToHexString(write)} r{read.Length}");
        if (address != new I2cAddress(0x08) || Transfers.Count > SilentFrom)
        {
            return new I2cTransferResult(I2cTransferStatus.AddressNack, 0, 0);
        }

        if (write.Length > 0)
        {
            _register = write[0];
        }

        if (_register >= RefusedFrom)
        {
            return new I2cTransferResult(I2cTransferStatus.DataNack, 0, 0);
        }

        if (write.Length > 1)
        {
            Registers[_register] = write[1];
        }

        read.Fill(Registers[_register]);
        return new I2cTransferResult(I2cTransferStatus.Ok, write.Length, read.Length);
    }

    public I2cLineLevels ReadLines() => new(true, true);

    public void Dispose()
    {
    }
}
