using FarmAgent.Simulation.Bench;
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
