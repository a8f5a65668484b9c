using FarmAgent.Api.V1;

namespace FarmAgent.Agent.Fuzz;

/// <summary>A method that can be called.</summary>
/// <param name="Path">As it stands in the request.</param>
internal sealed record WireMethod(string Path)
{
    // These would change what the cases after them meet, or wait as they should: leases of the fuzzer's own, streams that follow.
    private static readonly string[] LeftOut = ["SecurityService/CreateToken"];

    /// <summary>All methods of the agent.</summary>
    public static IReadOnlyList<WireMethod> All { get; } =
    [
        .. new[]
        {
            AuditServiceReflection.Descriptor, BenchServiceReflection.Descriptor, CheckServiceReflection.Descriptor, DebugServiceReflection.Descriptor, FlashServiceReflection.Descriptor,
            GpioServiceReflection.Descriptor, I2CServiceReflection.Descriptor, InstrumentServiceReflection.Descriptor, InventoryServiceReflection.Descriptor,
            LeaseServiceReflection.Descriptor, PowerServiceReflection.Descriptor, RunServiceReflection.Descriptor, SecurityServiceReflection.Descriptor,
            SerialServiceReflection.Descriptor, TraceServiceReflection.Descriptor, TunnelServiceReflection.Descriptor,
        }.SelectMany(f => f.Services).SelectMany(s => s.Methods).Where(m => !LeftOut.Contains($"{m.Service.Name}/{m.Name}"))
            .Select(m => new WireMethod($"/{m.Service.FullName}/{m.Name}")),
        new WireMethod("/grpc.health.v1.Health/Check"),
        new WireMethod("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"),
        new WireMethod("/no.such.Service/Method"),
    ];
}
