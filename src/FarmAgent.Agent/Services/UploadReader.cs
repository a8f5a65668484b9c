using System.Runtime.CompilerServices;
using FarmAgent.Hardware;
using Grpc.Core;

namespace FarmAgent.Agent.Services;

/// <summary>Reads uploads: a header, then bytes.</summary>
internal static class UploadReader
{
    // A half-sent file holds room on the disk.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>The header.</summary>
    /// <exception cref="RequestException">The first message is none (<c>REQUEST_INVALID</c>).</exception>
    public static async Task<THeader> ReadHeaderAsync<TMessage, THeader>(
        IAsyncStreamReader<TMessage> stream, Func<TMessage, THeader?> headerOf, CancellationToken cancellationToken)
        where THeader : class =>
        await stream.MoveNext(cancellationToken) && headerOf(stream.Current) is { } header
            ? header
            : throw new RequestException("REQUEST_INVALID", "An upload begins with its header, and the first message held none. Send the header first.");

    /// <summary>The bytes after it.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadDataAsync<TMessage>(
        IAsyncStreamReader<TMessage> stream, Func<TMessage, ReadOnlyMemory<byte>> dataOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await NextAsync(stream, cancellationToken))
        {
            yield return dataOf(stream.Current);
        }
    }

    private static async Task<bool> NextAsync<TMessage>(IAsyncStreamReader<TMessage> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken).WaitAsync(LongestPause, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new RequestException("CLIENT_TOO_SLOW", $"The upload's next piece did not come within {LongestPause.TotalSeconds:0} s. Send it again from its beginning.", e);
        }
    }
}
