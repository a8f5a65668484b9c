using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Rendering;

/// <summary>Enumerations of the wire in the words that people read.</summary>
internal static class WireNames
{
    public static string Of(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Operator => "operator",
        Role.Admin => "admin",
        Role.Runner => "runner",
        _ => "nobody",
    };

    public static string Of(BoardState state) => state switch
    {
        BoardState.Free => "free",
        BoardState.Leased => "leased",
        BoardState.Broken => "broken",
        BoardState.Quarantined => "quarantined",
        _ => "unknown",
    };

    public static string Of(LeaseState state) => state switch
    {
        LeaseState.Active => "active",
        LeaseState.Released => "released",
        LeaseState.Expired => "expired",
        LeaseState.Revoked => "revoked",
        LeaseState.TakenOver => "taken over",
        _ => "unknown",
    };

    public static string Of(OperationState state) => state switch
    {
        OperationState.Queued => "queued",
        OperationState.Running => "running",
        OperationState.Succeeded => "succeeded",
        OperationState.Failed => "failed",
        OperationState.Cancelled => "cancelled",
        _ => "unknown",
    };

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "PASS",
        Verdict.Fail => "FAIL",
        Verdict.Error => "ERROR",
        Verdict.Interrupted => "INTERRUPTED",
        _ => "-",
    };

    public static string Of(CoreActivity activity) => activity switch
    {
        CoreActivity.Running => "running",
        CoreActivity.Sleeping => "sleeping",
        CoreActivity.Halted => "halted",
        CoreActivity.LockedUp => "locked up",
        CoreActivity.InReset => "in reset",
        _ => "unknown",
    };

    public static string Of(FlashPhase phase) => phase switch
    {
        FlashPhase.Connect => "connect",
        FlashPhase.Compare => "compare",
        FlashPhase.Erase => "erase",
        FlashPhase.Program => "program",
        FlashPhase.Verify => "verify",
        FlashPhase.Reset => "reset",
        _ => "-",
    };

    public static string Of(VerifyMethod method) => method == VerifyMethod.Readback ? "readback" : "crc";

    public static string Of(TransferStatus status) => status switch
    {
        TransferStatus.Ok => "ok",
        TransferStatus.AddressNack => "no acknowledge of the address",
        TransferStatus.DataNack => "data byte refused",
        TransferStatus.ArbitrationLost => "arbitration lost",
        TransferStatus.Timeout => "clock held too long",
        TransferStatus.BusStuck => "a line is held low",
        TransferStatus.AdapterFault => "the adapter failed",
        _ => "unknown",
    };
}
