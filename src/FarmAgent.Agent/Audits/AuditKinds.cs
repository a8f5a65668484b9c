namespace FarmAgent.Agent.Audits;

/// <summary>Which calls go into the audit as calls. Leases, flashes and runs do by what became of them, however many calls it took; looks do not.</summary>
internal static class AuditKinds
{
    private const string Package = "/farmagent.v1.";

    private static readonly string[] Transfers =
        ["I2cService/", "GpioService/", "DebugService/", "TunnelService/", "SerialService/", "PowerService/", "CheckService/CheckBoard", "InstrumentService/ReadInstrument", "BenchService/AdvanceClock", "FlashService/UploadImage", "FlashService/CombineImages", "RunService/UploadSuite"];

    private static readonly string[] Acts =
        ["SecurityService/ExchangeToken", "SecurityService/CreateToken", "SecurityService/RotateToken", "SecurityService/RevokeToken", "SecurityService/RevokeCertificate",
            "BenchService/SetClockMode", "BenchService/ApplyFault", "BenchService/ClearFaults", "BenchService/SetTrace", "BenchService/AttachNets", "CheckService/QuarantineBoard", "CheckService/RestoreBoard"];

    /// <summary>"io" for calls that are counted, "admin" for those written down at once, null for the rest.</summary>
    /// <param name="method">Full name of the method.</param>
    public static string? Of(string method)
    {
        if (!method.StartsWith(Package, StringComparison.Ordinal))
        {
            return null;
        }

        var name = method.AsSpan(Package.Length);
        foreach (var act in Acts)
        {
            if (name.StartsWith(act, StringComparison.Ordinal))
            {
                return "admin";
            }
        }

        foreach (var transfer in Transfers)
        {
            if (name.StartsWith(transfer, StringComparison.Ordinal))
            {
                return "io";
            }
        }

        return null;
    }

    /// <summary>A method as it stands in the audit: without the package.</summary>
    public static string NameOf(string method) => method.StartsWith(Package, StringComparison.Ordinal) ? method[Package.Length..] : method;
}
