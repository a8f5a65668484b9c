using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Gpio;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Mapping;

/// <summary>Nets of a virtual bench for the API.</summary>
internal static class BenchMapping
{
    public static Wire.Net ToWire(this NetState net)
    {
        var wire = new Wire.Net { Name = net.Name, High = net.Level, Cut = net.Endpoints.Any(e => !e.IsConnected) };
        wire.Endpoints.Add(net.Endpoints.Select(e => $"{e.Name} ({Describe(e)})"));
        return wire;
    }

    public static Wire.FaultState ToWire(this FaultStatus status) => new()
    {
        Id = status.Id,
        Kind = FaultCatalog.Of(status.Fault.Kind).Word,
        Description = status.Fault.ToString(),
        Active = status.IsActive,
        Counted = status.Counted,
        Struck = status.Struck,
    };

    public static Wire.FaultKind ToWire(this FaultEntry entry)
    {
        var kind = new Wire.FaultKind
        {
            Kind = entry.Word,
            Effect = entry.Effect,
            Counts = FaultCatalog.Streams.FirstOrDefault(s => s.Stream == entry.Stream).Word ?? "",
            Lasting = entry.IsLasting,
        };
        kind.Keys.Add(entry.Keys);
        return kind;
    }

    private static string Describe(NetEndpointState end)
    {
        var drives = end.Drive switch
        {
            PinDrive.High => "output high",
            PinDrive.Low => "output low",
            _ => end.Pull switch
            {
                PinDrive.PullUp => "pull-up",
                PinDrive.PullDown => "pull-down",
                _ => "input",
            },
        };
        return end.IsConnected ? drives : drives + ", cut";
    }
}
