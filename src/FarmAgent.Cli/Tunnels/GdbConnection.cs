using System.Net.Sockets;
using FarmAgent.Api;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels;

/// <summary>One gdb that has connected: its bytes go to the agent and the agent's to it. Whatever ends it, gdb is told why.</summary>
internal sealed class GdbConnection(Socket socket) : IDisposable
{
    private const int PieceBytes = 16 * 1024;
    private static readonly TimeSpan FirstPacketLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1);

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private volatile bool _isOpen = true;

    /// <summary>True until gdb has hung up or the attachment is over.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Serves until gdb disconnects.</summary>
    /// <exception cref="RpcException">The attachment was refused, or ended by the agent, for example with the lease.</exception>
    public async Task ServeAsync(FarmClient client, GdbAttachment attachment, CommandOutput output, CancellationToken cancellationToken)
    {
        try
        {
            await using var tunnel = await OpenAsync(client, attachment, cancellationToken);
            var target = tunnel.Target;
            output.Note($"gdb is attached to {target.Chip} ({target.Core})");
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var up = SendAsync(tunnel, over.Token);
            try
            {
                await ReceiveAsync(tunnel, output, cancellationToken);
            }
            finally
            {
                await over.CancelAsync();
                await up.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            _isOpen = false;
            _stream.Dispose();
        }

        output.Note("gdb is detached");
    }

    /// <summary>Answers gdb's first packet with an error and hangs up.</summary>
    public async Task RefuseAsync(FarmError error, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(FirstPacketLimit);
        try
        {
            var bytes = new byte[PieceBytes];
            while (await _stream.ReadAsync(bytes, limit.Token) is > 0 and var count && !bytes.AsSpan(0, count).Contains((byte)'#'))
            {
                // The packet has not ended yet.
            }

            await _stream.WriteAsync("+"u8.ToArray(), limit.Token);
            await TellAsync(error);
            limit.CancelAfter(CloseLimit);
            while (await _stream.ReadAsync(bytes, limit.Token) > 0)
            {
                // Hanging up while something is unread would take the answer away from gdb.
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // gdb has hung up, or says nothing.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private async Task<GdbTunnel> OpenAsync(FarmClient client, GdbAttachment attachment, CancellationToken cancellationToken)
    {
        try
        {
            return await GdbTunnel.OpenAsync(client, attachment, cancellationToken);
        }
        catch (RpcException e)
        {
            await RefuseAsync(FarmError.From(e), cancellationToken);
            throw;
        }
    }

    private async Task SendAsync(GdbTunnel tunnel, CancellationToken cancellationToken)
    {
        var bytes = new byte[PieceBytes];
        try
        {
            while (await _stream.ReadAsync(bytes, cancellationToken) is > 0 and var count)
            {
                await tunnel.SendAsync(bytes.AsMemory(0, count), cancellationToken);
            }
        }
        catch (IOException)
        {
            // gdb has hung up without a word.
        }
        finally
        {
            _isOpen = false;
            await tunnel.CompleteAsync();
        }
    }

    private async Task ReceiveAsync(GdbTunnel tunnel, CommandOutput output, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var answer in tunnel.ReadAllAsync(cancellationToken))
            {
                if (answer.KindCase == AttachGdbResponse.KindOneofCase.Note)
                {
                    output.Note(answer.Note);
                }
                else
                {
                    await WriteAsync(answer.Data.Memory, cancellationToken);
                }
            }
        }
        catch (RpcException e) when (FarmError.From(e) is { ExitCode: ExitCodes.AgentUnreachable, Reason: not "AGENT_STOPPING" })
        {
            // An agent that is there has said farewell itself, with its last bytes.
            await TellAsync(FarmError.From(e));
            throw;
        }
        catch (OperationCanceledException)
        {
            await TellAsync(new FarmError { Reason = "TUNNEL_ENDED", Message = "farmctl was stopped. Start the tunnel again.", Status = StatusCode.Cancelled });
            throw;
        }
    }

    private async Task TellAsync(FarmError error)
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        await WriteAsync(GdbErrorFrame.Of(error), limit.Token);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException)
        {
            // gdb has hung up; its end is met where it is read.
        }
    }
}
