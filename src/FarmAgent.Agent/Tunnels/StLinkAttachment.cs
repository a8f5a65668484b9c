using System.Collections.Concurrent;
using System.Threading.Channels;
using FarmAgent.Boards;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using FarmAgent.Probes.StLink;
using Google.Protobuf;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tunnels;

/// <summary>
/// One program that is attached to a board's ST-LINK. Commands come from its stream and are passed on the probe's thread, one after the other;
/// the lease is checked before each, and every tenth of a second while there is none.
/// </summary>
internal sealed class StLinkAttachment(BoardProbe probe, LeaseToken token, string tool, OpenTunnels tunnels) : IDisposable
{
    private const int Pipeline = 16;

    // An attachment ends with its lease; this only keeps a lease that is renewed for ever from holding the probe for ever.
    private static readonly TimeSpan LongestAttachment = TimeSpan.FromHours(12);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeaseCheck = TimeSpan.FromMilliseconds(100);

    private readonly BlockingCollection<Wire.StLinkExchange> _commands = new(Pipeline);
    private readonly Channel<Wire.AttachStLinkResponse> _answers = Channel.CreateBounded<Wire.AttachStLinkResponse>((2 * Pipeline) + 2);

    /// <summary>Name of the program, for messages.</summary>
    public string Tool { get; } = tool;

    /// <summary>Runs until the client, the lease or the probe ends it.</summary>
    /// <param name="requests">Commands.</param>
    /// <param name="responses">Answers.</param>
    /// <param name="attached">Called when the probe is attached, before the first command passes.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public async Task RunAsync(
        IAsyncStreamReader<Wire.AttachStLinkRequest> requests,
        IServerStreamWriter<Wire.AttachStLinkResponse> responses,
        Func<CancellationToken, Task> attached,
        CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.CompletedTask;
        var lending = LendAsync(over.Token);
        try
        {
            await foreach (var answer in _answers.Reader.ReadAllAsync(cancellationToken))
            {
                if (answer.Attached is not null)
                {
                    await attached(cancellationToken);
                    reading = ReadAsync(requests, over.Token);
                }

                await responses.WriteAsync(answer, cancellationToken);
            }
        }
        finally
        {
            // The probe's thread is let go of before the call ends, however it ends.
            _commands.CompleteAdding();
            try
            {
                await lending;
            }
            finally
            {
                await over.CancelAsync();
                await Quietly(reading);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _commands.Dispose();

    /// <summary>Waits for the reader of a call that is over anyway; only what was wrong with the requests is of interest.</summary>
    private static async Task Quietly(Task reading)
    {
        try
        {
            await reading;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client is gone, or the reader was told to stop.
        }
    }

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

    private async Task ReadAsync(IAsyncStreamReader<Wire.AttachStLinkRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            while (await requests.MoveNext(cancellationToken))
            {
                if (!_commands.TryAdd(Checked(requests.Current.Exchange), 0, cancellationToken))
                {
                    throw new RequestException("REQUEST_INVALID", $"More than {Pipeline} commands were sent without waiting for an answer. Send fewer at once.");
                }
            }
        }
        finally
        {
            _commands.CompleteAdding();
        }
    }

    private async Task LendAsync(CancellationToken cancellationToken)
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
        finally
        {
            _answers.Writer.TryComplete();
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

    private void Answer(Wire.AttachStLinkResponse answer)
    {
        if (!_answers.Writer.TryWrite(answer))
        {
            throw new RequestException("REQUEST_INVALID", $"{Tool} does not read the answers to its commands. Read each before the next command.");
        }
    }
}
