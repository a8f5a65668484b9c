using FarmAgent.Hardware;
using Google.Protobuf;
using Grpc.Core;

namespace FarmAgent.Agent.Interceptors;

/// <summary>
/// Reads a client's stream. What is wrong with its messages is the client's mistake and not the agent's, and a stream that breaks is a client
/// that went away: in unary calls the server sees to that itself, in streams it leaves it to whoever reads.
/// </summary>
internal sealed class CheckedReader<T>(IAsyncStreamReader<T> stream) : IAsyncStreamReader<T>
{
    public T Current => stream.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            throw new RequestException(
                "REQUEST_INVALID", $"A message of the stream is none of this call ({e.Message}) Send what the call's description says, uncompressed.", e);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The client's stream broke.", e));
        }
    }
}
