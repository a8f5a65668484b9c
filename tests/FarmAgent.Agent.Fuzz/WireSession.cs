using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace FarmAgent.Agent.Fuzz;

/// <summary>Sends cases to a listening agent, each on a connection of its own, and looks now and then whether it still serves as it should.</summary>
/// <param name="socketPath">Its Unix socket.</param>
/// <param name="seed">Seed of the cases.</param>
internal sealed class WireSession(string socketPath, int seed)
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, long> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _problems = new();
    private long _next;
    private long _done;

    /// <summary>What went wrong.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>How many cases of each kind there were.</summary>
    public IReadOnlyDictionary<string, long> Kinds => _kinds;

    /// <summary>Runs cases.</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="progress">Told the number of finished cases now and then.</param>
    public void Run(long first, long count, int jobs, Action<long>? progress = null)
    {
        _next = first;
        var workers = Enumerable.Range(0, jobs).Select(_ => new Thread(() => Work(first + count, progress)) { IsBackground = true }).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
    }

    private void Work(long end, Action<long>? progress)
    {
        var buffer = new byte[16 * 1024];
        for (var number = Interlocked.Increment(ref _next) - 1; number < end; number = Interlocked.Increment(ref _next) - 1)
        {
            using var one = new WireCase(WireMethod.All, seed, number);
            var bytes = one.Make();
            var started = Stopwatch.GetTimestamp();
            try
            {
                Send(bytes, buffer);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable)
            {
                _problems.Enqueue($"case {number} ({one.Kind}): the agent does not listen any more");
                return;
            }
            catch (SocketException)
            {
                // It closed on us, as it may.
            }

            if (Stopwatch.GetElapsedTime(started) > Hang)
            {
                _problems.Enqueue($"case {number} ({one.Kind}): {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
            }

            _kinds.AddOrUpdate(one.Kind, 1, (_, n) => n + 1);
            if (Interlocked.Increment(ref _done) is var done && done % 10_000 == 0)
            {
                progress?.Invoke(done);
            }
        }
    }

    // Sends, says that no more comes, and reads what the agent answers until it has nothing for a moment or closes.
    private void Send(byte[] bytes, byte[] buffer)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(socketPath));
        socket.Send(bytes);
        socket.Shutdown(SocketShutdown.Send);
        socket.ReceiveTimeout = (int)Hang.TotalMilliseconds;
        while (socket.Receive(buffer) > 0)
        {
        }
    }
}
