using System.Collections.Concurrent;
using System.Threading.Channels;
using FarmAgent.Boards;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Probes.Gdb;
using FarmAgent.Probes.Sessions;
using Google.Protobuf;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tunnels;

/// <summary>
/// One gdb at a board's chip. Its bytes come from a stream and are served on the probe's thread; the lease is checked before each piece, and
/// every tenth of a second while there is none.
/// </summary>
internal sealed class GdbAttachment(
    BoardSession session, LeaseToken token, string tool, string lease, string identity, GdbFlash flash, FlashContentTracker contents, OpenTunnels tunnels)
    : IGdbHost, IDisposable
{
    private const int LongestPiece = 64 * 1024;
    private const int PiecesWaiting = 64;
    private const int AnswersWaiting = 1024;

    // An attachment ends with its lease; this only keeps a lease that is renewed for ever from holding the probe for ever.
    private static readonly TimeSpan LongestAttachment = TimeSpan.FromHours(12);
    // gdb itself waits three times two seconds for the first answer.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseCheck = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StoreLimit = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<ReadOnlyMemory<byte>> _pieces = new(PiecesWaiting);
    private readonly Channel<Wire.AttachGdbResponse> _answers = Channel.CreateBounded<Wire.AttachGdbResponse>(AnswersWaiting);
    private readonly BoardProbe _probe = session.GetProbe();
    private DebugSession? _debug;
    private bool _memoryWritten;

    /// <summary>Runs until the client, gdb, the lease or the probe ends it.</summary>
    /// <param name="requests">From gdb.</param>
    /// <param name="responses">To gdb.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public async Task RunAsync(
        IAsyncStreamReader<Wire.AttachGdbRequest> requests, IServerStreamWriter<Wire.AttachGdbResponse> responses, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lending = LendAsync(cancellationToken);
        var reading = ReadAsync(requests, over.Token);
        try
        {
            await foreach (var answer in _answers.Reader.ReadAllAsync(cancellationToken))
            {
                await responses.WriteAsync(answer, cancellationToken);
            }
        }
        finally
        {
            // The probe's thread is let go of before the call ends, however it ends.
            _pieces.CompleteAdding();
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
    public void Send(ReadOnlyMemory<byte> bytes) => Answer(new() { Data = UnsafeByteOperations.UnsafeWrap(bytes) });

    /// <inheritdoc/>
    public void Note(string text) => Answer(new() { Note = text });

    /// <inheritdoc/>
    public void CheckRight()
    {
        token.Check();
        tunnels.Check();
    }

    /// <inheritdoc/>
    public void MemoryWritten()
    {
        if (!_memoryWritten)
        {
            // Before the write: a board must not count as proven while it is being changed.
            _memoryWritten = true;
            using var limit = new CancellationTokenSource(StoreLimit);
            contents.InvalidateAsync(session.Name, $"memory was written by {tool} since the last flash", limit.Token).GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc/>
    public string Program(GdbFlashRequest request)
    {
        var done = flash.Program(identity, lease, session, _debug!, request);
        _memoryWritten = false;
        return done;
    }

    /// <inheritdoc/>
    public void Dispose() => _pieces.Dispose();

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

    private async Task ReadAsync(IAsyncStreamReader<Wire.AttachGdbRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            while (await requests.MoveNext(cancellationToken))
            {
                var data = requests.Current.Data;
                if (requests.Current.KindCase != Wire.AttachGdbRequest.KindOneofCase.Data || data.Length > LongestPiece)
                {
                    throw new RequestException(
                        "REQUEST_INVALID", $"After the attachment only bytes from gdb may follow, at most {LongestPiece} in one message.");
                }

                if (!_pieces.TryAdd(data.Memory, 0, cancellationToken))
                {
                    throw new RequestException("REQUEST_INVALID", $"More than {PiecesWaiting} messages were sent without waiting for an answer. Send fewer at once.");
                }
            }
        }
        finally
        {
            _pieces.CompleteAdding();
        }
    }

    private async Task LendAsync(CancellationToken cancellationToken)
    {
        // Once begun, a client that is gone ends it by the end of its bytes, and not in the middle of a flash.
        using var waiting = new CancellationTokenSource(LongestWait);
        var begun = 0;
        await using var gone = cancellationToken.Register(() =>
        {
            if (Interlocked.CompareExchange(ref begun, 2, 0) == 0)
            {
                waiting.Cancel();
            }
        });
        try
        {
            await _probe.LendSessionAsync(
                token,
                tool,
                _probe.DefaultOptions with { End = SessionEnd.Running },
                (debug, stop) =>
                {
                    waiting.CancelAfter(Timeout.InfiniteTimeSpan);
                    Interlocked.CompareExchange(ref begun, 1, 0);
                    Serve(debug, stop);
                },
                LongestAttachment,
                waiting.Token);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new BoardException(
                "PROBE_IN_USE", $"{tool} waited {LongestWait.TotalSeconds:0} s for the probe, which was busy with {_probe.Status.Job ?? "other jobs"}. Try again when that is over.");
        }
        finally
        {
            _answers.Writer.TryComplete();
        }
    }

    private void Serve(DebugSession debug, CancellationToken stop)
    {
        _debug = debug;
        var target = GdbTargetMap.Identify(session, debug, out var problem);
        Answer(new() { Attached = Describe(debug, target) });
        foreach (var warning in debug.Warnings.Concat(problem is null ? [] : [problem]))
        {
            Note(warning);
        }

        using var stub = new GdbStub(debug, target, this);
        try
        {
            while (!_pieces.IsCompleted && !stub.IsOver)
            {
                CheckRight();
                stop.ThrowIfCancellationRequested();
                var next = stub.Poll();
                if (_pieces.TryTake(out var piece, next == Timeout.InfiniteTimeSpan || next > LeaseCheck ? LeaseCheck : next))
                {
                    stub.Receive(piece);
                }
            }
        }
        catch (FarmException e)
        {
            stub.CutOff(e);
            throw;
        }
    }

    private static Wire.GdbAttached Describe(DebugSession debug, GdbTarget target) => new()
    {
        Chip = target.Name,
        Core = debug.Identity.CoreName,
        ProbeSerial = debug.Probe.Info.Serial,
        FlashBytes = (uint)target.Regions.Where(r => r.Kind == GdbMemoryKind.Flash).Sum(r => r.Length),
    };

    private void Answer(Wire.AttachGdbResponse answer)
    {
        if (!_answers.Writer.TryWrite(answer))
        {
            throw new RequestException("REQUEST_INVALID", $"{tool} does not read what it is sent. Read the answer to each packet before the next one.");
        }
    }
}
