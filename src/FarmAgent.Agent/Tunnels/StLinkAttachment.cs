using System.Collections.Concurrent;
using FarmAgent.Boards;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using FarmAgent.Probes.StLink;
using Google.Protobuf;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tunnels;

/// <summary>
/// One program that is attached to a board's ST-LINK. Commands come from its stream and are passed on the probe's thread, one after the other;
/// the lease is checked before each, and every tenth of a second while there is none.
/// </summary>
internal sealed class StLinkAttachment(BoardProbe probe, LeaseToken token, string tool, OpenTunnels tunnels)
    : StreamAttachment<Wire.AttachStLinkRequest, Wire.AttachStLinkResponse>(tool, (2 * Pipeline) + 2)
{
    private const int Pipeline = 16;

    // An attachment ends with its lease; this only keeps a lease that is renewed for ever from holding the probe for ever.
    private static readonly TimeSpan LongestAttachment = TimeSpan.FromHours(12);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeaseCheck = TimeSpan.FromMilliseconds(100);

    private readonly BlockingCollection<Wire.StLinkExchange> _commands = new(Pipeline);

    /// <inheritdoc/>
    protected override bool IsAttached(Wire.AttachStLinkResponse answer) => answer.Attached is not null;

    /// <inheritdoc/>
    protected override void Take(Wire.AttachStLinkRequest request)
    {
        if (!_commands.TryAdd(Checked(request.Exchange)))
        {
            throw new RequestException("REQUEST_INVALID", $"More than {Pipeline} commands were sent without waiting for an answer. Send fewer at once.");
        }
    }

    /// <inheritdoc/>
    protected override void EndRequests() => _commands.CompleteAdding();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _commands.Dispose();

    private static Wire.StLinkExchange Checked(Wire.StLinkExchange? exchange)
    {
        var valid = exchange is not null
            && exchange.Command.Length == StLinkPassage.CommandLength
            && exchange.Data.Length <= StLinkPassage.DataLimit
            && exchange.ReplyLength <= StLinkPassage.DataLimit
            && (exchange.Data.Length == 0 || exchange.ReplyLength == 0);
        return valid
            ? exchange!
            : throw new RequestException(
                "REQUEST_INVALID",
                exchange is null
                    ? "A second attachment was asked for on the same stream. Open another stream for it."
                    : $"A command of {exchange.Command.Length} bytes with {exchange.Data.Length} bytes of data and a reply of {exchange.ReplyLength} was sent. "
                    + $"A command has {StLinkPassage.CommandLength} bytes, and at most {StLinkPassage.DataLimit} of data or of reply, not both.");
    }

    /// <inheritdoc/>
    protected override async Task ServeAsync(CancellationToken cancellationToken)
    {
        using var waiting = new CancellationTokenSource(LongestWait);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, cancellationToken);
        try
        {
            await probe.LendAsync(
                token,
                Tool,
                (passage, stop) =>
                {
                    waiting.CancelAfter(Timeout.InfiniteTimeSpan);
                    Pass(passage, stop);
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

    private void Pass(StLinkPassage passage, CancellationToken stop)
    {
        var device = passage.Info.Device;
        Answer(new() { Attached = new() { Serial = passage.Info.Serial, VendorId = device.VendorId, ProductId = device.ProductId } });
        while (!_commands.IsCompleted)
        {
            token.Check();
            tunnels.Check();
            stop.ThrowIfCancellationRequested();
            if (_commands.TryTake(out var command, LeaseCheck))
            {
                Answer(new() { Reply = Pass(passage, command) });
            }
        }
    }

    private static Wire.StLinkReply Pass(StLinkPassage passage, Wire.StLinkExchange command)
    {
        var reply = new byte[command.ReplyLength];
        try
        {
            passage.Pass(command.Command.Span, command.Data.Span, reply);
            return new Wire.StLinkReply { Data = UnsafeByteOperations.UnsafeWrap(reply) };
        }
        catch (ProbeException e) when (e.Reason is "PROBE_REPLY_LOST" or "PROBE_WAS_RESET")
        {
            return new Wire.StLinkReply { Problem = e.Message };
        }
    }
}
