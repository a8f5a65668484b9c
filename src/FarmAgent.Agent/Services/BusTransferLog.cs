using FarmAgent.Agent.Mapping;
using FarmAgent.Hardware.I2c;
using Google.Protobuf;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>The last transfers of one call, so that who asked sees what went over the bus. Not thread-safe: it belongs to the call.</summary>
internal sealed class BusTransferLog
{
    private const int MostKept = 32;

    private readonly Queue<Wire.BusTransfer> _last = new();

    /// <summary>The last transfers, oldest first.</summary>
    public IReadOnlyCollection<Wire.BusTransfer> Last => _last;

    /// <summary>The same bus, whose transfers are noted down.</summary>
    public II2cBus Over(II2cBus bus) => new Noted(bus, this);

    /// <summary>One transfer a line, <c>0x08 W 1B R 00: ok</c>.</summary>
    public override string ToString() => string.Join('\n', _last.Select(Describe));

    private static string Describe(Wire.BusTransfer transfer)
    {
        var write = transfer.Write.IsEmpty ? "" : " W " + Hex(transfer.Write);
        var read = transfer.ReadLength == 0 ? "" : transfer.Read.IsEmpty ? $" R {transfer.ReadLength} bytes" : " R " + Hex(transfer.Read);
        var outcome = transfer.Status switch
        {
            Wire.TransferStatus.Ok => "ok",
            Wire.TransferStatus.AddressNack => "address not acknowledged",
            Wire.TransferStatus.DataNack => "data not acknowledged",
            Wire.TransferStatus.ArbitrationLost => "arbitration lost",
            Wire.TransferStatus.Timeout => "timeout",
            Wire.TransferStatus.BusStuck => "bus stuck",
            _ => "adapter fault",
        };
        return $"0x{transfer.Address:X2}{write}{read}: {outcome}";
    }

    private static string Hex(ByteString bytes) => string.Join(' ', bytes.Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    private void Add(Wire.BusTransfer transfer)
    {
        if (_last.Count == MostKept)
        {
            _last.Dequeue();
        }

        _last.Enqueue(transfer);
    }

    private sealed class Noted(II2cBus bus, BusTransferLog log) : II2cBus
    {
        public string Name => bus.Name;

        public I2cTransferResult Transfer(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout)
        {
            var result = bus.Transfer(address, write, read, timeout);
            log.Add(new Wire.BusTransfer
            {
                Address = address.Value,
                Write = ByteString.CopyFrom(write),
                Read = result.IsOk ? ByteString.CopyFrom(read) : ByteString.Empty,
                ReadLength = (uint)read.Length,
                Status = result.Status.ToWire(),
            });
            return result;
        }

        public I2cLineLevels ReadLines() => bus.ReadLines();

        public void Dispose()
        {
            // The bus is its owner's.
        }
    }
}
