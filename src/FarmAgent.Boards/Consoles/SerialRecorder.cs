using System.Runtime.CompilerServices;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Traces;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Serial;

namespace FarmAgent.Boards.Consoles;

/// <summary>
/// Records one console of a board from the start of the agent on, whether or not anybody listens. A port that is lost is opened again. Any
/// number of listeners may read from any place that is still in memory.
/// </summary>
public sealed class SerialRecorder : IDisposable
{
    private const int LargestPiece = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly string _board;
    private readonly IHardwareBackend _backend;
    private readonly ISerialSink? _sink;
    private readonly TimeProvider _time;
    private readonly SerialRecorderOptions _options;
    private readonly FlightRecorder? _trace;
    private readonly TraceSource? _source;
    private readonly SerialRing _ring;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ISerialPort? _port;
    private string? _problem;
    private string? _reason;
    private bool _ended;

    /// <summary>Makes a recorder; <see cref="Start"/> opens the port.</summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="description">The port.</param>
    /// <param name="backend">Opens it.</param>
    /// <param name="sink">Keeps the recording; null for memory alone.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="options">Limits.</param>
    /// <param name="trace">The board's flight recorder; null for none.</param>
    public SerialRecorder(
        string board,
        SerialPortDescription description,
        IHardwareBackend backend,
        ISerialSink? sink,
        TimeProvider time,
        SerialRecorderOptions options,
        FlightRecorder? trace = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_board, Description, _backend, _sink, _time, _options) = (board, description, backend, sink, time, options);
        (_trace, _source) = (trace, trace?.AddSource(TraceChannel.Serial, description.Name));
        var kept = sink?.Load(board, description.Name, options.RingBytes);
        _ring = new SerialRing(options.RingBytes, kept?.Offset ?? 0);
        if (kept is { Data.IsEmpty: false } old)
        {
            _ring.Append(old.Data.Span, old.Time);
        }

        _thread = new Thread(Record) { Name = $"serial {board}/{description.Name}", IsBackground = true };
    }

    /// <summary>The port.</summary>
    public SerialPortDescription Description { get; }

    /// <summary>Why the port is not open, with the next step; null while it is.</summary>
    public string? Problem
    {
        get
        {
            lock (_lock)
            {
                return _problem;
            }
        }
    }

    /// <summary>Place of the next byte that the board will send.</summary>
    public long End
    {
        get
        {
            lock (_lock)
            {
                return _ring.End;
            }
        }
    }

    /// <summary>Begins to record.</summary>
    public void Start() => _thread.Start();

    /// <summary>Reads the recording.</summary>
    /// <param name="from">First byte wanted, counted from the start of the recording; negative counts from its present end. Bytes that are no longer in memory are left out, which the first offset shows.</param>
    /// <param name="follow">True goes on with what comes; false ends with what there is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<SerialChunk> ReadAsync(long from, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long next;
        lock (_lock)
        {
            next = from < 0 ? Math.Max(_ring.Start, _ring.End + from) : from;
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SerialChunk chunk;
            Task grown;
            lock (_lock)
            {
                if (next > _ring.End)
                {
                    // A place that has not come yet: nothing before it is wanted.
                    (chunk, grown) = (default, _ended ? Task.CompletedTask : _grown.Task);
                }
                else
                {
                    (chunk, grown) = (_ring.Read(next, LargestPiece), _grown.Task);
                }
            }

            if (!chunk.Data.IsEmpty)
            {
                next = chunk.Offset + chunk.Data.Length;
                yield return chunk;
            }
            else if (!follow || IsEnded())
            {
                yield break;
            }
            else
            {
                await grown.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>An empty recording of a port that could not be opened is no silence of the board.</summary>
    /// <exception cref="HardwareException">Nothing was recorded, and the port is not open (<c>SERIAL_LOST</c>, <c>SERIAL_BUSY</c>, <c>SERIAL_ACCESS_DENIED</c>).</exception>
    public void ThrowIfNeverOpened()
    {
        lock (_lock)
        {
            if (_ring.End == 0 && _reason is not null)
            {
                throw new HardwareException(_reason, $"Nothing is recorded: {_problem}");
            }
        }
    }

    /// <summary>Sends bytes to the board.</summary>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="data">The bytes.</param>
    /// <returns>Place in the recording of the next byte that the board will send.</returns>
    /// <exception cref="BoardException">The lease has ended (<c>LEASE_LOST</c>).</exception>
    /// <exception cref="HardwareException">The port is not open or does not take them (<c>SERIAL_LOST</c>, or why it could not be opened).</exception>
    public long Write(LeaseToken token, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(token);
        token.Check();
        ISerialPort port;
        long end;
        lock (_lock)
        {
            port = _port ?? throw new HardwareException(
                _reason ?? "SERIAL_LOST", $"Nothing was sent: {_problem ?? $"port {Description.Name} of {_board} is not open yet. Try again in a moment."}");
            end = _ring.End;
        }

        port.Write(data, _options.WriteLimit);
        return end;
    }

    /// <summary>Ends the recording and closes the port.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
        }

        _stop.Cancel();
        if ((_thread.ThreadState & ThreadState.Unstarted) == 0)
        {
            // The thread looks at least once in every read limit; a driver that never returns must not hold the agent up.
            _thread.Join(_options.ReadLimit + TimeSpan.FromSeconds(2));
        }

        Grow(null);
    }

    private void Record()
    {
        var pause = _options.FirstPause;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var port = Open();
                SetPort(port, problem: null);
                pause = _options.FirstPause;
                Receive(port);
            }
            catch (HardwareException e)
            {
                SetPort(null, $"port {Description.Name} ({Description.Device}): {e.Message}", e.Reason);
                _stop.Token.WaitHandle.WaitOne(pause);
                pause = pause * 2 < _options.LongestPause ? pause * 2 : _options.LongestPause;
            }
        }

        SetPort(null, $"port {Description.Name} of {_board} is closed: the agent stops.");
    }

    private ISerialPort Open()
    {
        var port = _backend.OpenSerial(Description.Device, Description.Settings);
        return _trace is not null && _source is not null ? new RecordedSerialPort(port, _trace, _source) : port;
    }

    private void Receive(ISerialPort port)
    {
        var buffer = new byte[4096];
        while (!_stop.IsCancellationRequested)
        {
            var count = port.Read(buffer, _options.ReadLimit);
            if (count > 0)
            {
                Append(buffer.AsMemory(0, count));
            }
        }
    }

    private void Append(ReadOnlyMemory<byte> data)
    {
        var now = _time.GetUtcNow();
        long offset;
        lock (_lock)
        {
            offset = _ring.End;
        }

        _sink?.Append(_board, Description.Name, new SerialChunk(offset, data, now));
        Grow(() => _ring.Append(data.Span, now));
    }

    private void Grow(Action? change)
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            change?.Invoke();
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        grown.SetResult();
    }

    private void SetPort(ISerialPort? port, string? problem, string? reason = null)
    {
        lock (_lock)
        {
            (_port, _problem, _reason) = (port, problem, reason);
        }
    }

    private bool IsEnded()
    {
        lock (_lock)
        {
            return _ended;
        }
    }
}
