using FarmAgent.Api.Connections;
using Google.Rpc;
using Grpc.Core;

namespace FarmAgent.Api.Errors;

/// <summary>A failed call, unpacked: the agent's <c>google.rpc.Status</c> with its <c>ErrorInfo</c>, or a connection that never was.</summary>
public sealed record FarmError
{
    /// <summary>Domain of the agent's own reasons.</summary>
    public const string Domain = "farmagent";

    /// <summary>Stable reason in capitals.</summary>
    public required string Reason { get; init; }

    /// <summary>What happened, what was found, what to do next.</summary>
    public required string Message { get; init; }

    /// <summary>Status code of the call.</summary>
    public required Grpc.Core.StatusCode Status { get; init; }

    /// <summary>Facts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Exit code that <c>farmctl</c> ends with.</summary>
    public int ExitCode => ExitCodes.Of(Reason, Status);

    /// <summary>Unpacks a failed call.</summary>
    /// <param name="exception">An <see cref="RpcException"/>, an <see cref="AgentUnreachableException"/>, or anything thrown by a client call.</param>
    public static FarmError From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (FindUnreachable(exception) is { } unreachable)
        {
            return new FarmError
            {
                Reason = AgentUnreachableException.Reason,
                Message = unreachable.Message,
                Status = Grpc.Core.StatusCode.Unavailable,
                Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["address"] = unreachable.Address.ToString() },
            };
        }

        return exception switch
        {
            RpcException rpc => FromRpc(rpc),
            OperationCanceledException => new FarmError
            {
                Reason = "CANCELLED",
                Message = "The call was cancelled here.",
                Status = Grpc.Core.StatusCode.Cancelled,
            },
            _ => new FarmError
            {
                Reason = "CLIENT_FAULT",
                Message = exception.Message,
                Status = Grpc.Core.StatusCode.Unknown,
            },
        };
    }

    /// <summary>Reason and message as one line.</summary>
    public override string ToString() => $"{Reason}: {Message}";

    private static FarmError FromRpc(RpcException rpc)
    {
        var rich = rpc.GetRpcStatus();
        var info = rich?.GetDetail<ErrorInfo>();
        if (rich is null || info is null)
        {
            return WithoutDetails(rpc);
        }

        return new FarmError
        {
            Reason = info.Reason,
            Message = rich.Message,
            Status = rpc.StatusCode,
            Metadata = new Dictionary<string, string>(info.Metadata, StringComparer.Ordinal),
        };
    }

    // The transport spoke, not the agent: a deadline, a broken connection, a peer that is no agent.
    private static FarmError WithoutDetails(RpcException rpc)
    {
        var (reason, message) = rpc.StatusCode switch
        {
            Grpc.Core.StatusCode.DeadlineExceeded => ("DEADLINE_EXCEEDED", "The call's deadline passed before the agent answered."),
            Grpc.Core.StatusCode.Cancelled => ("CANCELLED", "The call was cancelled."),
            Grpc.Core.StatusCode.Unimplemented => ("AGENT_TOO_OLD",
                $"The agent does not know this call ({rpc.Status.Detail}). Update the agent, or use a client of its own version."),

            // With TLS 1.3 a server that does not know the client's certificate closes after the handshake, in the middle of the first call.
            Grpc.Core.StatusCode.Internal when rpc.Status.DebugException is HttpRequestException or IOException => (AgentUnreachableException.Reason,
                $"The agent closed the connection ({rpc.Status.Detail}). Is the client certificate one that it knows?"),
            Grpc.Core.StatusCode.Unavailable => (AgentUnreachableException.Reason,
                $"The connection to the agent broke ({rpc.Status.Detail}). Is farm-agent still running?"),
            _ => (NameOf(rpc.StatusCode), rpc.Status.Detail),
        };
        return new FarmError { Reason = reason, Message = message, Status = rpc.StatusCode };
    }

    // PermissionDenied is PERMISSION_DENIED to everybody who speaks gRPC.
    private static string NameOf(Grpc.Core.StatusCode code) =>
        string.Concat(code.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    private static AgentUnreachableException? FindUnreachable(Exception? exception)
    {
        for (var e = exception; e is not null; e = e is RpcException rpc ? rpc.Status.DebugException ?? rpc.InnerException : e.InnerException)
        {
            if (e is AgentUnreachableException unreachable)
            {
                return unreachable;
            }
        }

        return null;
    }
}
