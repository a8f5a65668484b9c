using System.Collections.Frozen;
using FarmAgent.Agent.Security;
using FarmAgent.Boards;
using FarmAgent.Flashing.Images;
using FarmAgent.Hardware;
using Grpc.Core;

namespace FarmAgent.Agent.Interceptors;

/// <summary>The one table from a fault to the status code of its call. The reason, not the code, tells clients what to do.</summary>
internal static class StatusTable
{
    private static readonly FrozenDictionary<string, StatusCode> ByReason = new Dictionary<string, StatusCode>(StringComparer.Ordinal)
    {
        ["UNAUTHENTICATED"] = StatusCode.Unauthenticated,
        ["RATE_LIMITED"] = StatusCode.ResourceExhausted,
        ["CLIENT_TOO_SLOW"] = StatusCode.Aborted,
        ["IMAGE_NOT_SIGNED"] = StatusCode.FailedPrecondition,
        ["SIGNATURE_INVALID"] = StatusCode.FailedPrecondition,
        ["TOKEN_EXISTS"] = StatusCode.AlreadyExists,
        ["LEASE_LOST"] = StatusCode.Aborted,
        ["STATE_FULL"] = StatusCode.ResourceExhausted,
        ["STATE_READ_ONLY"] = StatusCode.FailedPrecondition,
        ["LEASE_LINE_FULL"] = StatusCode.ResourceExhausted,
        ["DEVICE_QUEUE_FULL"] = StatusCode.ResourceExhausted,
        ["DEVICE_BUSY"] = StatusCode.DeadlineExceeded,
        ["DEVICE_TIMEOUT"] = StatusCode.DeadlineExceeded,
        ["AGENT_STOPPING"] = StatusCode.Unavailable,
        ["FLASH_IN_PROGRESS"] = StatusCode.FailedPrecondition,
        ["FLASH_CANCELLED"] = StatusCode.Cancelled,
        ["VERIFY_MISMATCH"] = StatusCode.DataLoss,
        ["REQUEST_ID_REUSED"] = StatusCode.AlreadyExists,
        ["BENCH_NOT_VIRTUAL"] = StatusCode.FailedPrecondition,
        ["BENCH_HELD"] = StatusCode.FailedPrecondition,
        ["LEASE_HELD"] = StatusCode.FailedPrecondition,
        ["MEMORY_FAULT"] = StatusCode.OutOfRange,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The status code of a fault: by its reason, else by its family.</summary>
    public static StatusCode Of(FarmException fault)
    {
        if (ByReason.TryGetValue(fault.Reason, out var code))
        {
            return code;
        }

        return fault switch
        {
            AuthorizationException => StatusCode.PermissionDenied,
            RequestException when fault.Reason.EndsWith("_UNKNOWN", StringComparison.Ordinal) => StatusCode.NotFound,
            RequestException or ImageException => StatusCode.InvalidArgument,
            BoardException => StatusCode.FailedPrecondition,

            // Probes, targets, devices of the host: somebody has to mend the bench; a transport that retries by itself would not help.
            AgentException => StatusCode.Internal,
            _ => StatusCode.FailedPrecondition,
        };
    }
}
