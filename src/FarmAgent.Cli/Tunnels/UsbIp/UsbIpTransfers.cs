using System.Collections.Concurrent;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels.UsbIp;

/// <summary>An imported device at work: commands from the importer to the agent, their returns back, until either side ends it.</summary>
internal sealed class UsbIpTransfers(Stream stream, UsbDeviceTunnel tunnel)
{
    private readonly ConcurrentDictionary<uint, UsbIpCommand> _underWay = new();

    // The agent answers cancellations in order of asking; this is which command asked.
    private readonly ConcurrentQueue<uint> _unlinks = new();

    /// <summary>Runs until the importer disconnects.</summary>
    /// <exception cref="RpcException">The attachment was ended, for example with the lease, or because the device left USB.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var commands = TakeCommandsAsync(end.Token);
        var returns = SendReturnsAsync(cancellationToken);
        if (await Task.WhenAny(commands, returns) == returns)
        {
            await end.CancelAsync();
            await commands.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await returns;
        }

        // Not cancelled, which would end the call before the agent has let the device go.
        await tunnel.CompleteAsync();
        await returns.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await commands;
    }

    private async Task TakeCommandsAsync(CancellationToken cancellationToken)
    {
        var header = new byte[UsbIpProtocol.HeaderLength];
        while (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) == header.Length)
        {
            if (!UsbIpCommand.TryParse(header, out var command))
            {
                throw new IOException("What the importer sent is no USB/IP command.");
            }

            if (command.Kind == UsbIpProtocol.Unlink)
            {
                _unlinks.Enqueue(command.Number);
                await tunnel.SendAsync(new AttachUsbDeviceRequest { Cancel = new UsbCancellation { Id = command.Victim } }, cancellationToken);
                continue;
            }

            var payload = new byte[command.PayloadLength];
            await stream.ReadExactlyAsync(payload, cancellationToken);
            _underWay[command.Number] = command;
            await tunnel.SendAsync(new AttachUsbDeviceRequest { Transfer = command.ToTransfer(payload) }, cancellationToken);
        }
    }

    private async Task SendReturnsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var response = await tunnel.NextAsync(cancellationToken);
            if (response.Cancelled is { } cancelled && _unlinks.TryDequeue(out var number))
            {
                if (cancelled.TakenBack)
                {
                    _underWay.TryRemove(cancelled.Id, out _);
                }

                await stream.WriteAsync(UsbIpReturns.OfUnlink(number, cancelled.TakenBack), cancellationToken);
            }
            else if (response.Completion is { } completion && _underWay.TryRemove(completion.Id, out var command))
            {
                await stream.WriteAsync(UsbIpReturns.Of(command, completion), cancellationToken);
            }
        }
    }
}
