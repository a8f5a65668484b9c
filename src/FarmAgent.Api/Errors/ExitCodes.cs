using System.Collections.Frozen;
using Grpc.Core;

namespace FarmAgent.Api.Errors;

/// <summary>Exit codes of <c>farmctl</c>, and the one table that gives a reason its code.</summary>
public static class ExitCodes
{
    /// <summary>Done as asked.</summary>
    public const int Ok = 0;

    /// <summary>A test failed: the firmware.</summary>
    public const int TestFailed = 1;

    /// <summary>Usage or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>The bench, or the agent itself.</summary>
    public const int BenchError = 3;

    /// <summary>The board is held by somebody else, or the lease was lost.</summary>
    public const int LeaseLost = 4;

    /// <summary>Not authorised.</summary>
    public const int NotAuthorised = 5;

    /// <summary>No agent answers.</summary>
    public const int AgentUnreachable = 6;

    /// <summary>What is in flash is not the image.</summary>
    public const int VerifyMismatch = 7;

    /// <summary>A limit of time passed.</summary>
    public const int Timeout = 124;

    /// <summary>Interrupted by the user.</summary>
    public const int Interrupted = 130;

    // Whole names first; what is not here goes by the first beginning that fits, then by the call's status code.
    private static readonly FrozenDictionary<string, int> ByName = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["AGENT_UNREACHABLE"] = AgentUnreachable,
        ["AGENT_STOPPING"] = AgentUnreachable,
        ["VERIFY_MISMATCH"] = VerifyMismatch,
        ["NOT_AUTHORISED"] = NotAuthorised,
        ["PERMISSION_DENIED"] = NotAuthorised,
        ["UNAUTHENTICATED"] = NotAuthorised,
        ["RATE_LIMITED"] = BenchError,
        ["CLIENT_TOO_SLOW"] = BenchError,
        ["FILE_EXISTS"] = BadInput,
        ["FILE_UNKNOWN"] = BadInput,
        ["SIGNATURE_INVALID"] = BadInput,
        ["CERTIFICATE_NAME_INVALID"] = BadInput,
        ["LEASE_REQUIRED"] = BadInput,
        ["LEASE_TTL_INVALID"] = BadInput,
        ["LEASE_REQUEST_INVALID"] = BadInput,
        ["LEASE_OF_OTHER_BOARD"] = BadInput,
        ["LEASE_NOT_KEPT"] = BenchError,
        ["LEASE_HOOK_FAILED"] = BenchError,
        ["BOARD_RUN_IN_PROGRESS"] = LeaseLost,
        ["FLASH_IN_PROGRESS"] = LeaseLost,
        ["DEADLINE_EXCEEDED"] = Timeout,
        ["DEVICE_BUSY"] = Timeout,
        ["DEVICE_TIMEOUT"] = Timeout,
        ["CANCELLED"] = Interrupted,
        ["FLASH_CANCELLED"] = Interrupted,
        ["DUT_SILENT"] = TestFailed,
        ["DUT_CRASHED"] = TestFailed,
        ["DUT_REFUSED_DATA"] = TestFailed,
        ["LOSS_NOT_ACCEPTED"] = BadInput,
        ["EXPANDER_NOT_RECOGNISED"] = TestFailed,
        ["BOARD_UNKNOWN"] = BadInput,
        ["BENCH_NOT_VIRTUAL"] = BadInput,
        ["GPIO_LINE_UNKNOWN"] = BadInput,
        ["GPIO_NOT_OUTPUT"] = BadInput,
        ["GPIO_NOT_INPUT"] = BadInput,
        ["GPIO_WATCHED"] = BadInput,
        ["GPIO_WATCH_ENDED"] = BadInput,
        ["GPIO_NOT_SUPPORTED"] = BadInput,
        ["GPIO_TOO_FEW_EDGES"] = Timeout,
        ["I2C_ADDRESS_INVALID"] = BadInput,
        ["I2C_NOT_SUPPORTED"] = BadInput,
        ["POWER_NOT_DECLARED"] = BadInput,
        ["SERIAL_SETTINGS_REFUSED"] = BadInput,
        ["BOARD_NO_MATCH"] = BadInput,
        ["CHIP_NAME_UNKNOWN"] = BadInput,
        ["MEMORY_FAULT"] = BadInput,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (string Prefix, int Code)[] ByPrefix =
    [
        ("LEASE_", LeaseLost),
        ("IMAGE_", BadInput),
        ("SUITE_", BadInput),
        ("CONFIG_", BadInput),
        ("REQUEST_", BadInput),
        ("RUN_", BadInput),
        ("ARTIFACT_", BadInput),
        ("TOKEN_", BadInput),
        ("TOKENS_", BenchError),
        ("TLS_", BenchError),
        ("REVOCATIONS_", BenchError),
        ("AUDIT_", BenchError),
        ("OPERATION_", BadInput),
        ("OPTION_BYTES_", BenchError),
        ("EXPANDER_", BadInput),
        ("RANGE_", BadInput),
        ("FAULT_", BadInput),
        ("NET_", BadInput),
        ("TRACE_", BadInput),
        ("WIRE", BenchError),
        ("NRST_", BenchError),
        ("QUARANTINED_", BenchError),
        ("BOARD_", BenchError),
        ("PROBE_", BenchError),
        ("CHIP_", BenchError),
        ("CORE_", BenchError),
        ("LOADER_", BenchError),
        ("FAMILY_UNVERIFIED", BenchError),
        ("READ_PROTECTED", BenchError),
        ("WRITE_PROTECTED", BenchError),
        ("RESET_", BenchError),
        ("DUT_", BenchError),
        ("DEVICE_", BenchError),
        ("INSTRUMENT_", BenchError),
        ("TARGET_", BenchError),
        ("FLASH_", BenchError),
        ("USB_", BenchError),
        ("I2C_", BenchError),
        ("GPIO_", BenchError),
        ("SERIAL_", BenchError),
        ("BENCH_", BenchError),
        ("BACKEND_", BenchError),
        ("RUNNER_", BenchError),
        ("AGENT_", BenchError),
        ("STATE_", BenchError),
    ];

    /// <summary>Whether a reason has an entry of its own or of its family here, rather than whatever its call's status code suggests.</summary>
    internal static bool Knows(string reason) =>
        ByName.ContainsKey(reason) || ByPrefix.Any(family => reason.StartsWith(family.Prefix, StringComparison.Ordinal));

    /// <summary>The exit code of an error.</summary>
    /// <param name="reason">Stable reason in capitals.</param>
    /// <param name="status">Status code of the call, for reasons that the table does not know.</param>
    public static int Of(string reason, StatusCode status)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (ByName.TryGetValue(reason, out var code))
        {
            return code;
        }

        // A bad address or length of a request is the caller's, whatever device it was meant for.
        if (status is StatusCode.InvalidArgument or StatusCode.NotFound && !reason.StartsWith("LEASE_", StringComparison.Ordinal))
        {
            return BadInput;
        }

        foreach (var (prefix, prefixCode) in ByPrefix)
        {
            if (reason.StartsWith(prefix, StringComparison.Ordinal))
            {
                return prefixCode;
            }
        }

        return status switch
        {
            StatusCode.OK => Ok,
            StatusCode.AlreadyExists or StatusCode.OutOfRange => BadInput,
            StatusCode.PermissionDenied or StatusCode.Unauthenticated => NotAuthorised,
            StatusCode.Unavailable => AgentUnreachable,
            StatusCode.DeadlineExceeded => Timeout,
            StatusCode.Cancelled => Interrupted,
            _ => BenchError,
        };
    }
}
