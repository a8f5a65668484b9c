using System.Collections.Frozen;

namespace FarmAgent.Agent.Security;

/// <summary>Who may call what: one line per service or method. What is not in it, nobody may call.</summary>
internal static class AccessTable
{
    private const string Package = "/farmagent.v1.";

    // What a one-time token is good for, and nobody else needs.
    private const string Exchange = Package + "SecurityService/ExchangeToken";

    // Who may make tokens may make himself anything: administrators of single boards may not.
    private static readonly string[] OfTheWholeFarm = [Package + "SecurityService/", Package + "AuditService/"];

    // A method's own line outranks its service's. Where a lease is named, its ownership is checked beside this table, by the lease itself.
    private static readonly FrozenDictionary<string, (CallerRole Least, bool Runner)> Rules = new Dictionary<string, (CallerRole, bool)>(StringComparer.Ordinal)
    {
        ["/grpc.health.v1.Health"] = (CallerRole.Viewer, true),
        ["/grpc.reflection.v1.ServerReflection"] = (CallerRole.Viewer, true),
        ["/grpc.reflection.v1alpha.ServerReflection"] = (CallerRole.Viewer, true),

        [Package + "InventoryService"] = (CallerRole.Viewer, true),

        [Package + "LeaseService"] = (CallerRole.Viewer, true),
        [Package + "LeaseService/AcquireLease"] = (CallerRole.Operator, false),
        [Package + "LeaseService/RenewLease"] = (CallerRole.Operator, true),
        [Package + "LeaseService/ReleaseLease"] = (CallerRole.Operator, false),
        [Package + "LeaseService/KeepLease"] = (CallerRole.Operator, false),
        [Package + "LeaseService/RevokeLease"] = (CallerRole.Admin, false),
        [Package + "LeaseService/TransferLease"] = (CallerRole.Operator, false),

        [Package + "FlashService"] = (CallerRole.Viewer, true),
        [Package + "FlashService/UploadImage"] = (CallerRole.Operator, true),
        [Package + "FlashService/Flash"] = (CallerRole.Operator, true),
        [Package + "FlashService/Erase"] = (CallerRole.Operator, true),
        [Package + "FlashService/CombineImages"] = (CallerRole.Operator, true),
        [Package + "FlashService/Verify"] = (CallerRole.Operator, true),
        [Package + "FlashService/GetOptionBytes"] = (CallerRole.Operator, true),
        [Package + "FlashService/SetOptionBytes"] = (CallerRole.Operator, false),
        [Package + "FlashService/CancelOperation"] = (CallerRole.Operator, true),

        [Package + "DebugService"] = (CallerRole.Operator, true),
        [Package + "I2cService"] = (CallerRole.Operator, true),
        [Package + "GpioService"] = (CallerRole.Operator, true),
        [Package + "InstrumentService/ListInstruments"] = (CallerRole.Viewer, true),
        [Package + "InstrumentService/ReadInstrument"] = (CallerRole.Operator, true),

        [Package + "PowerService"] = (CallerRole.Operator, true),

        [Package + "SerialService/TailSerial"] = (CallerRole.Viewer, true),
        [Package + "SerialService/WriteSerial"] = (CallerRole.Operator, true),

        [Package + "CheckService/CheckBoard"] = (CallerRole.Operator, false),
        [Package + "CheckService/GetCheck"] = (CallerRole.Viewer, true),
        [Package + "CheckService/QuarantineBoard"] = (CallerRole.Admin, false),
        [Package + "CheckService/RestoreBoard"] = (CallerRole.Admin, false),

        [Package + "TraceService"] = (CallerRole.Operator, true),

        [Package + "TunnelService"] = (CallerRole.Operator, false),

        [Package + "RunService"] = (CallerRole.Viewer, false),
        [Package + "RunService/UploadSuite"] = (CallerRole.Operator, false),
        [Package + "RunService/StartRun"] = (CallerRole.Operator, false),
        [Package + "RunService/CancelRun"] = (CallerRole.Operator, false),
        [Package + "RunService/ReportRunEvents"] = (CallerRole.Admin, true),

        [Package + "SecurityService"] = (CallerRole.Admin, false),
        [Package + "AuditService"] = (CallerRole.Admin, false),

        [Package + "BenchService/GetBench"] = (CallerRole.Viewer, true),
        [Package + "BenchService/SetClockMode"] = (CallerRole.Admin, false),
        [Package + "BenchService/AdvanceClock"] = (CallerRole.Operator, true),
        [Package + "BenchService/ApplyFault"] = (CallerRole.Admin, false),
        [Package + "BenchService/ApplyFaultScript"] = (CallerRole.Admin, false),
        [Package + "BenchService/ListFaults"] = (CallerRole.Viewer, true),
        [Package + "BenchService/ClearFaults"] = (CallerRole.Admin, false),
        [Package + "BenchService/ListFaultKinds"] = (CallerRole.Viewer, true),
        [Package + "BenchService/SetTrace"] = (CallerRole.Admin, false),
        [Package + "BenchService/ReadTrace"] = (CallerRole.Admin, false),
        [Package + "BenchService/AttachNets"] = (CallerRole.Admin, false),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Passes when the caller may call the method on some board at least.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="method">Full name, <c>/farmagent.v1.LeaseService/RenewLease</c>.</param>
    /// <exception cref="AuthorizationException">He may not (<c>NOT_AUTHORISED</c>).</exception>
    public static void Check(Caller caller, string method)
    {
        if (caller.IsOneTime && method != Exchange)
        {
            throw new AuthorizationException(
                "NOT_AUTHORISED", $"{caller.Identity} is a one-time token, which can only be exchanged for a lasting one. Do so: farmctl login.");
        }

        var rule = RuleOf(method);
        var isWhole = OfTheWholeFarm.Any(s => method.StartsWith(s, StringComparison.Ordinal));
        var role = isWhole ? caller.RoleEverywhere : caller.Role;
        if (!caller.IsOneTime && !Allows(rule, role))
        {
            throw Refuse(caller, role, method, rule.Least, isWhole && role != caller.Role ? " of the whole farm" : "");
        }
    }

    /// <summary>Passes when the caller may call the method on a board.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="method">Full name.</param>
    /// <param name="board">Name of the board.</param>
    /// <exception cref="AuthorizationException">He may not (<c>NOT_AUTHORISED</c>).</exception>
    public static void Check(Caller caller, string method, string board)
    {
        var (rule, role) = (RuleOf(method), caller.RoleOn(board));
        if (!Allows(rule, role))
        {
            throw Refuse(caller, role, method, rule.Least, $" on board {board}");
        }
    }

    private static bool Allows((CallerRole Least, bool Runner) rule, CallerRole role) => role == CallerRole.Runner ? rule.Runner : role >= rule.Least;

    private static (CallerRole Least, bool Runner) RuleOf(string method) =>
        Rules.TryGetValue(method, out var rule) || Rules.TryGetValue(method[..method.LastIndexOf('/')], out rule)
            ? rule
            : throw new AuthorizationException("NOT_AUTHORISED", $"{method} is open to nobody. Use a method that the documentation names.");

    private static AuthorizationException Refuse(Caller caller, CallerRole role, string method, CallerRole least, string where) => new(
        "NOT_AUTHORISED",
        $"{caller.Identity} ({NameOf(role)}{where}) may not call {method[(method.LastIndexOf('.') + 1)..]}: it takes {NameOf(least)}. Ask the owner of the farm.");

    private static string NameOf(CallerRole role) => role switch
    {
        CallerRole.Viewer => "a viewer",
        CallerRole.Operator => "an operator",
        CallerRole.Admin => "an administrator",
        CallerRole.Runner => "a running suite",
        _ => "nobody",
    };
}
