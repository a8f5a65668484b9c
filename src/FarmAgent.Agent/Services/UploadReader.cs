using System.Runtime.CompilerServices;
using FarmAgent.Hardware;
using Grpc.Core;

namespace FarmAgent.Agent.Services;

/// <summary>Reads uploads: a header, then bytes.</summary>
internal static class UploadReader
{
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
        while (await stream.MoveNext(cancellationToken))
        {
            yield return dataOf(stream.Current);
        }
    }
}
