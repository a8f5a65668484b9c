using System.Collections.Concurrent;
using FarmAgent.Boards;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Probes.Gdb;
using FarmAgent.Probes.Sessions;
using Google.Protobuf;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tunnels;

/// <summary>
/// One gdb at a board's chip. Its bytes come from a stream and are served on the probe's thread; the lease is checked before each piece, and
/// every tenth of a second while there is none.
/// </summary>
internal sealed class GdbAttachment(
    BoardSession session, LeaseToken token, string tool, string lease, string identity, GdbFlash flash, FlashContentTracker contents, OpenTunnels tunnels)
    : StreamAttachment<Wire.AttachGdbRequest, Wire.AttachGdbResponse>(tool, AnswersWaiting), IGdbHost
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
    private readonly BoardProbe _probe = session.GetProbe();
    private DebugSession? _debug;
    private bool _memoryWritten;

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
            contents.InvalidateAsync(session.Name, $"memory was written by {Tool} since the last flash", limit.Token).GetAwaiter().GetResult();
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
    protected override bool IsAttached(Wire.AttachGdbResponse answer) => answer.Attached is not null;

    /// <inheritdoc/>
    protected override void Take(Wire.AttachGdbRequest request)
    {
        var data = request.Data;
        if (request.KindCase != Wire.AttachGdbRequest.KindOneofCase.Data || data.Length > LongestPiece)
        {
            throw new RequestException("REQUEST_INVALID", $"After the attachment only bytes from gdb may follow, at most {LongestPiece} in one message.");
        }

        if (!_pieces.TryAdd(data.Memory))
        {
            throw new RequestException("REQUEST_INVALID", $"More than {PiecesWaiting} messages were sent without waiting for an answer. Send fewer at once.");
        }
    }

    /// <inheritdoc/>
    protected override void EndRequests() => _pieces.CompleteAdding();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _pieces.Dispose();

    /// <inheritdoc/>
    protected override async Task ServeAsync(CancellationToken cancellationToken)
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
                Tool,
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
                "PROBE_IN_USE", $"{Tool} waited {LongestWait.TotalSeconds:0} s for the probe, which was busy with {_probe.Status.Job ?? "other jobs"}. Try again when that is over.");
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
}
