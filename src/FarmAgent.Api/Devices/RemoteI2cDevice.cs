using System.Device.I2c;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FarmAgent.Api.Devices;

/// <summary>
/// A chip on a leased board's I2C bus for any binding of System.Device.Gpio's world, which then runs on a laptop unmodified. Each call is one combined
/// transfer; it blocks for a round trip to the agent.
/// </summary>
/// <param name="client">The agent.</param>
/// <param name="board">The board's resource name, for example <c>boards/b1</c>.</param>
/// <param name="lease">The lease's resource name.</param>
/// <param name="address">7-bit address.</param>
/// <param name="adapter">Adapter of the board; empty for its first.</param>
public sealed class RemoteI2cDevice(FarmClient client, string board, string lease, int address, string adapter = "") : I2cDevice
{
    /// <summary>Bus 0 and the address: the bus number means nothing here.</summary>
    public override I2cConnectionSettings ConnectionSettings { get; } = new(0, address);

    /// <inheritdoc/>
    /// <exception cref="IOException">The chip did not acknowledge, or the bus failed; the message says whose fault it is.</exception>
    public override void Read(Span<byte> buffer) => Transfer([], buffer);

    /// <inheritdoc/>
    /// <exception cref="IOException">The chip did not acknowledge, or the bus failed; the message says whose fault it is.</exception>
    public override void Write(ReadOnlySpan<byte> buffer) => Transfer(buffer, []);

    /// <inheritdoc/>
    /// <exception cref="IOException">The chip did not acknowledge, or the bus failed; the message says whose fault it is.</exception>
    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => Transfer(writeBuffer, readBuffer);

    private void Transfer(ReadOnlySpan<byte> write, Span<byte> read)
    {
        var request = new TransferRequest
        {
            Board = board,
            Lease = lease,
            Adapter = adapter,
            Address = (uint)ConnectionSettings.DeviceAddress,
            Write = ByteString.CopyFrom(write),
            ReadLength = (uint)read.Length,
        };
        TransferResponse answer;
        try
        {
            answer = client.I2c.Transfer(request);
        }
        catch (RpcException e)
        {
            var error = FarmError.From(e);
            throw new IOException($"{error.Reason}: {error.Message}", e);
        }

        if (answer.Status != TransferStatus.Ok)
        {
            throw new IOException(answer.Diagnosis is { } diagnosis ? $"{diagnosis.Reason}: {diagnosis.Message}" : $"0x{ConnectionSettings.DeviceAddress:X2}: {answer.Status}.");
        }

        answer.Data.Span.CopyTo(read);
    }
}
