using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Keywords.Values;

namespace FarmAgent.Keywords.Traces;

/// <summary>Notes I2C transfers with their bytes and acknowledges.</summary>
internal static class I2cTraceText
{
    // Beyond this only the number of bytes is worth a line.
    private const int MostBytes = 16;

    /// <summary>Notes transfers that the agent made for a call.</summary>
    public static void AddTransfers(this BusTrace trace, IEnumerable<BusTransfer> transfers)
    {
        foreach (var transfer in transfers)
        {
            trace.AddTransfer(transfer.Address, transfer.Write.Span, transfer.Read.Span, transfer.ReadLength, transfer.Status);
        }
    }

    /// <summary>Notes one transfer.</summary>
    public static void AddTransfer(this BusTrace trace, uint address, ReadOnlySpan<byte> write, ReadOnlySpan<byte> read, uint readLength, TransferStatus status)
    {
        var sent = write.Length > 0 ? "W " + Bytes(write) : "";
        var received = readLength == 0 ? "" : "R " + (read.Length > 0 ? Bytes(read) : $"{readLength} bytes");
        var what = sent.Length + received.Length == 0 ? "address only" : $"{sent} {received}".Trim();
        trace.Add(LineOf(address), what, status switch
        {
            TransferStatus.Ok => "acknowledged",
            TransferStatus.AddressNack => "address not acknowledged",
            TransferStatus.DataNack => "data not acknowledged",
            TransferStatus.ArbitrationLost => "arbitration lost",
            TransferStatus.Timeout => "timeout",
            TransferStatus.BusStuck => "bus stuck",
            _ => "adapter fault",
        });
    }

    /// <summary>Notes a call that failed: its transfers where the agent says which, else its reason.</summary>
    /// <param name="trace">Takes it.</param>
    /// <param name="address">The device.</param>
    /// <param name="what">What was asked for.</param>
    /// <param name="error">How it failed.</param>
    public static void AddFailure(this BusTrace trace, uint address, string what, FarmError error)
    {
        if (!error.Metadata.TryGetValue("transfers", out var transfers))
        {
            trace.Add(LineOf(address), what, error.Reason);
            return;
        }

        var prefix = $"0x{address:X2} ";
        foreach (var transfer in transfers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var text = transfer.StartsWith(prefix, StringComparison.Ordinal) ? transfer[prefix.Length..] : transfer;
            var colon = text.IndexOf(": ", StringComparison.Ordinal);
            var outcome = colon < 0 ? "" : text[(colon + 2)..];
            trace.Add(LineOf(address), colon < 0 ? text : text[..colon], outcome == "ok" ? "acknowledged" : outcome);
        }
    }

    private static string LineOf(uint address) => $"i2c 0x{address:X2}";

    private static string Bytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= MostBytes ? HardwareArguments.Hex(bytes) : $"{HardwareArguments.Hex(bytes[..MostBytes])} ... ({bytes.Length} bytes)";
}
