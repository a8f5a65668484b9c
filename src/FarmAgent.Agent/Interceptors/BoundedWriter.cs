using FarmAgent.Hardware;
using Grpc.Core;

namespace FarmAgent.Agent.Interceptors;

/// <summary>
/// Writes a stream to a client that may be slow, but not for ever: what it does not take within the limit ends its call. Kestrel's own buffer
/// (64 KiB a call) is all that is ever held for it.
/// </summary>
internal sealed class BoundedWriter<T>(IServerStreamWriter<T> stream, TimeSpan limit, TimeProvider time, Action? counted, CancellationToken called) : IServerStreamWriter<T>
{
    public WriteOptions? WriteOptions
    {
        get => stream.WriteOptions;
        set => stream.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, called);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        counted?.Invoke();
        var written = stream.WriteAsync(message, cancellationToken);
        if (written.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            await written.WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new RequestException(
                "CLIENT_TOO_SLOW", $"The client did not take a message of this stream within {limit.TotalSeconds:0} s. Read faster, or resume from the last sequence number.", e);
        }
    }
}
