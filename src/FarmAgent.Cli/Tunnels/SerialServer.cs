using System.Net.Sockets;
using FarmAgent.Api;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using Google.Protobuf;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels;

/// <summary>
/// Serves the bytes of a console to programs of this machine, one after the other: what the board sends while a program is connected, and what the program
/// sends to the board. The recording goes on whether or not anybody is connected.
/// </summary>
internal sealed class SerialServer(LoopbackListener listener, FarmClient client, string board, string lease, string console, CommandOutput output)
{
    private const int LargestPiece = 4096;

    /// <summary>Serves until it is stopped or the lease is over.</summary>
    /// <exception cref="RpcException">The lease is over, or the agent is gone.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var socket = await listener.AcceptAsync(cancellationToken);
            await using var stream = new NetworkStream(socket);
            try
            {
                await ServeAsync(stream, cancellationToken);
            }
            catch (IOException)
            {
                output.Note("The program has disconnected.");
            }
            catch (RpcException e) when (FarmError.From(e) is { ExitCode: not (ExitCodes.LeaseLost or ExitCodes.AgentUnreachable or ExitCodes.NotAuthorised) } error)
            {
                output.Note($"{error.Reason}: {error.Message}");
            }
        }
    }

    private async Task ServeAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await EndOfRecordingAsync(end.Token);
        var down = SendDownAsync(stream, first, end.Token);
        var up = SendUpAsync(stream, end.Token);
        var ended = await Task.WhenAny(down, up);
        await end.CancelAsync();
        await Task.WhenAll(down, up).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        await ended;
    }

    /// <summary>Where the next byte of the board will be: what it sent before is in the recording, not on a line that is connected now.</summary>
    private async Task<long> EndOfRecordingAsync(CancellationToken cancellationToken)
    {
        var answer = await client.Serial.WriteSerialAsync(new WriteSerialRequest { Board = board, Lease = lease, Port = console }, cancellationToken: cancellationToken);
        return answer.Offset;
    }

    private async Task SendDownAsync(NetworkStream stream, long first, CancellationToken cancellationToken)
    {
        using var call = client.Serial.TailSerial(
            new TailSerialRequest { Board = board, Port = console, FromOffset = first, Follow = true }, cancellationToken: cancellationToken);
        await foreach (var piece in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            await stream.WriteAsync(piece.Data.Memory, cancellationToken);
        }
    }

    private async Task SendUpAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[LargestPiece];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            await client.Serial.WriteSerialAsync(
                new WriteSerialRequest { Board = board, Lease = lease, Port = console, Data = ByteString.CopyFrom(buffer.AsSpan(0, count)) },
                cancellationToken: cancellationToken);
        }
    }
}
