using FarmAgent.Hardware;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace FarmAgent.Agent.Interceptors;

/// <summary>Makes the answer to a call that failed: <c>google.rpc.Status</c> with one <c>ErrorInfo</c>.</summary>
internal static class FaultTranslator
{
    /// <summary>Domain of our reasons.</summary>
    public const string Domain = "farmagent";

    /// <summary>Reason of a fault that nobody foresaw.</summary>
    public const string BugReason = "AGENT_BUG";

    /// <summary>A fault with its reason and facts.</summary>
    public static RpcException ToRpc(FarmException fault) => ToRpc(StatusTable.Of(fault), fault.Reason, fault.Message, fault.Facts);

    /// <summary>A call that ended early: by its deadline, or because its client went away.</summary>
    public static RpcException ToRpc(OperationCanceledException _, ServerCallContext context, TimeProvider time) =>
        context.Deadline <= time.GetUtcNow().UtcDateTime
            ? ToRpc(Grpc.Core.StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED", "The call's deadline passed before it was done. Allow more time.", null)
            : ToRpc(Grpc.Core.StatusCode.Cancelled, "CANCELLED", "The call was cancelled.", null);

    /// <summary>Anything else is a mistake of ours: the log has it, the caller learns only that.</summary>
    public static RpcException ToRpc(Exception _, string reference) => ToRpc(
        Grpc.Core.StatusCode.Internal,
        BugReason,
        $"The agent made a mistake while it served this call. Its log has the details under {reference}; please report it.",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["reference"] = reference });

    private static RpcException ToRpc(Grpc.Core.StatusCode code, string reason, string message, IEnumerable<KeyValuePair<string, string>>? facts)
    {
        var info = new ErrorInfo { Reason = reason, Domain = Domain };
        foreach (var (key, value) in facts ?? [])
        {
            info.Metadata[key] = value;
        }

        return new Google.Rpc.Status { Code = (int)code, Message = message, Details = { Any.Pack(info) } }.ToRpcException();
    }
}
