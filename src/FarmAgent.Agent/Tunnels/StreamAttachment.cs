using System.Threading.Channels;
using FarmAgent.Hardware;
using Grpc.Core;

namespace FarmAgent.Agent.Tunnels;

/// <summary>
/// A program that is attached to a device by a stream: a reader takes its requests, somebody serves them on the device's own thread, and the answers go
/// back in order. Whatever ends first, the device is let go of before the call ends.
/// </summary>
/// <param name="tool">Name of the program, for messages.</param>
/// <param name="answersWaiting">Answers that may wait for a program which does not read them.</param>
/// <typeparam name="TRequest">Message from the program.</typeparam>
/// <typeparam name="TResponse">Message to it.</typeparam>
internal abstract class StreamAttachment<TRequest, TResponse>(string tool, int answersWaiting) : IDisposable
    where TRequest : class
    where TResponse : class
{
    private readonly Channel<TResponse> _answers = Channel.CreateBounded<TResponse>(answersWaiting);

    /// <summary>Name of the program, for messages.</summary>
    public string Tool { get; } = tool;

    /// <summary>Runs until the client, the lease or the device ends it.</summary>
    /// <param name="requests">From the program.</param>
    /// <param name="responses">To the program.</param>
    /// <param name="attached">Called when the device is attached, before that is said and before the first request is read; null for nothing to do.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public async Task RunAsync(
        IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, Func<CancellationToken, Task>? attached, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.CompletedTask;
        var serving = ServeAndCompleteAsync(over.Token);
        try
        {
            await foreach (var answer in _answers.Reader.ReadAllAsync(cancellationToken))
            {
                if (IsAttached(answer))
                {
                    await (attached?.Invoke(cancellationToken) ?? Task.CompletedTask);
                    reading = ReadAsync(requests, over.Token);
                }

                await responses.WriteAsync(answer, cancellationToken);
            }
        }
        finally
        {
            EndRequests();
            try
            {
                await serving;
            }
            finally
            {
                await over.CancelAsync();
                await Quietly(reading);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether an answer is the one that says that the device is attached.</summary>
    protected abstract bool IsAttached(TResponse answer);

    /// <summary>Serves the device until no more requests come.</summary>
    protected abstract Task ServeAsync(CancellationToken cancellationToken);

    /// <summary>Hands a request to whoever serves the device.</summary>
    /// <exception cref="RequestException">It is none, or too many wait already (<c>REQUEST_INVALID</c>).</exception>
    protected abstract void Take(TRequest request);

    /// <summary>No more requests will come.</summary>
    protected abstract void EndRequests();

    /// <summary>Gives the queue of requests back.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Sends an answer.</summary>
    /// <exception cref="RequestException">The program does not read (<c>REQUEST_INVALID</c>).</exception>
    protected void Answer(TResponse answer)
    {
        if (!_answers.Writer.TryWrite(answer))
        {
            throw new RequestException("REQUEST_INVALID", $"{Tool} does not read what it is sent. Read each answer before sending more.");
        }
    }

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

    private async Task ReadAsync(IAsyncStreamReader<TRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            while (await requests.MoveNext(cancellationToken))
            {
                Take(requests.Current);
            }
        }
        finally
        {
            EndRequests();
        }
    }

    private async Task ServeAndCompleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ServeAsync(cancellationToken);
        }
        finally
        {
            _answers.Writer.TryComplete();
        }
    }
}
