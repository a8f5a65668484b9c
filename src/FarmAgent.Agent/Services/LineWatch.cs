using System.Threading.Channels;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;

namespace FarmAgent.Agent.Services;

/// <summary>
/// Takes the changes of one line from a thread of its own, so that no waiting holds one of the server's; what a slow client does not take in time
/// is left out, and the sequence says so.
/// </summary>
internal sealed class LineWatch : IAsyncDisposable
{
    // How late an ended lease or a closed call is noticed.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(100);
    private const int Kept = 4096;

    private readonly Channel<GpioEdge> _edges =
        Channel.CreateBounded<GpioEdge>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _ending = new();
    private readonly Task _pump;

    public LineWatch(BoardGpioLine line, LeaseToken token, GpioEdges edges, TimeSpan debounce)
    {
        var stream = line.Watch(token, edges, debounce);
        _pump = Task.Factory.StartNew(() => Pump(stream, token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The changes, until the lease ends or the line is lost, which is thrown.</summary>
    public IAsyncEnumerable<GpioEdge> ReadAsync(CancellationToken cancellationToken) => _edges.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _pump;
        _ending.Dispose();
    }

    private void Pump(IGpioEdgeStream stream, LeaseToken token)
    {
        Exception? failure = null;
        try
        {
            using (stream)
            {
                while (!_ending.IsCancellationRequested)
                {
                    token.Check();
                    if (stream.TryRead(Grain, out var edge))
                    {
                        _edges.Writer.TryWrite(edge);
                    }
                }
            }
        }
        catch (FarmException e)
        {
            failure = e;
        }
        catch (ObjectDisposedException)
        {
            failure = Ended(token);
        }

        _edges.Writer.TryComplete(failure);
    }

    /// <summary>The line was configured anew: by the board's safe state when the lease ended, else by the caller itself.</summary>
    private static FarmException Ended(LeaseToken token)
    {
        try
        {
            token.Check();
            return new RequestException("GPIO_WATCH_ENDED", "The line was configured anew, which ends a watch of it. Watch it again once it is an input.");
        }
        catch (FarmException e)
        {
            return e;
        }
    }
}
