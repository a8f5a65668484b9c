using FarmAgent.Boards;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Sessions;
using FarmAgent.Probes;
using FarmAgent.Probes.StLink;

namespace FarmAgent.Agent.Tunnels.UsbDevices;

/// <summary>A board's probe, whose pipe is lent to a foreign host. Transfers run on the probe's thread.</summary>
internal sealed class ProbeUsbAttachment(BoardProbe probe, LeaseToken token, string tool, OpenTunnels tunnels) : UsbAttachment(token, tool, tunnels)
{
    // An attachment ends with its lease; this only keeps a lease that is renewed for ever from holding the probe for ever.
    private static readonly TimeSpan LongestAttachment = TimeSpan.FromHours(12);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ServeAsync(CancellationToken cancellationToken)
    {
        using var waiting = new CancellationTokenSource(LongestWait);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, cancellationToken);
        try
        {
            // What was last seen of it may be older than its return.
            probe.Refresh();
            await probe.LendAsync(
                Token,
                Tool,
                (passage, stop) =>
                {
                    waiting.CancelAfter(Timeout.InfiniteTimeSpan);
                    Serve(passage, stop);
                },
                LongestAttachment,
                end.Token);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested)
        {
            throw new BoardException(
                "PROBE_IN_USE", $"{Tool} waited {LongestWait.TotalSeconds:0} s for the probe, which was busy with {probe.Status.Job ?? "other jobs"}. Try again when that is over.");
        }
    }

    private void Serve(StLinkPassage passage, CancellationToken stop)
    {
        var descriptors = ExportedDevices.Describe(passage.Info);
        var device = new PipeDevice(passage.Pipe, new StandardRequests(descriptors, passage.Pipe.ClearHalt), Received, Sent, Failed);
        Attached(ExportedDevices.Probe, descriptors);
        while (!Requests.IsCompleted)
        {
            Check();
            stop.ThrowIfCancellationRequested();
            if (Requests.TryTake(device.IsReceiving ? TimeSpan.Zero : LeaseCheck, out var request))
            {
                if (request.Cancel is { } cancel)
                {
                    Cancelled(cancel.Id, device.TakeBack(cancel.Id));
                }
                else if ((request.Transfer.Endpoint & 0x7F) == 0)
                {
                    Controlled(request.Transfer, device.Control(UsbSetup.Parse(request.Transfer.Setup.Span)));
                }
                else
                {
                    device.Begin(request.Transfer);
                }
            }
            else
            {
                device.Receive();
                if (probe.Presence.Absence is { } absence)
                {
                    // A host that asks nothing of it would not notice.
                    throw new ProbeException("PROBE_DISCONNECTED", absence);
                }
            }
        }
    }
}
