using FarmAgent.Api;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels;

/// <summary>Serves gdbs of this machine, one at a time: a second one is told so, and the next one may come when the first has gone.</summary>
internal sealed class GdbServer(LoopbackListener listener, FarmClient client, GdbAttachment attachment, CommandOutput output)
{
    private static readonly FarmError Busy = new()
    {
        Reason = "PROBE_IN_USE",
        Message = "Another gdb is connected to this tunnel, and the chip has one core. Detach it or quit it, then connect again.",
        Status = StatusCode.FailedPrecondition,
    };

    /// <summary>Serves until it is stopped or the lease is over.</summary>
    /// <exception cref="RpcException">The lease is over, or the agent is gone.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        GdbConnection? present = null;
        var serving = Task.CompletedTask;
        try
        {
            var accepting = listener.AcceptAsync(cancellationToken);
            while (true)
            {
                await Task.WhenAny(present is null ? [accepting] : [accepting, serving]);
                if (present is not null && serving.IsCompleted)
                {
                    present = null;
                    await serving;
                    continue;
                }

                var next = new GdbConnection(await accepting);
                accepting = listener.AcceptAsync(cancellationToken);
                if (present is { IsOpen: true })
                {
                    output.Note($"A second gdb was refused: {Busy.Message}");
                    using (next)
                    {
                        await next.RefuseAsync(Busy, cancellationToken);
                    }

                    continue;
                }

                // The one before has hung up; the agent may still be letting the target go.
                await serving;
                (present, serving) = (next, ServeAsync(next, cancellationToken));
            }
        }
        finally
        {
            present?.Dispose();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(GdbConnection connection, CancellationToken cancellationToken)
    {
        using (connection)
        {
            try
            {
                await connection.ServeAsync(client, attachment, output, cancellationToken);
            }
            catch (RpcException e) when (FarmError.From(e) is { ExitCode: not (ExitCodes.LeaseLost or ExitCodes.AgentUnreachable or ExitCodes.NotAuthorised) } error)
            {
                output.Note(error.ToString());
            }
        }
    }
}
