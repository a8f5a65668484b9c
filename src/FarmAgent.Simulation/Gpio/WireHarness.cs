using FarmAgent.Hardware;
using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Gpio;

/// <summary>All nets of a bench by name.</summary>
internal sealed class WireHarness(NoticeBoard notices)
{
    private readonly Dictionary<string, Wire> _wires = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Wire> _inOrder = [];

    /// <summary>All nets in the order of the bench's description.</summary>
    public IReadOnlyList<Wire> Wires => _inOrder;

    /// <summary>A net, made on first use.</summary>
    public Wire Add(string name)
    {
        if (!_wires.TryGetValue(name, out var wire))
        {
            wire = new Wire(name, notices);
            _wires[name] = wire;
            _inOrder.Add(wire);
        }

        return wire;
    }

    /// <summary>A net that exists.</summary>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>.</exception>
    public Wire Find(string name) => _wires.TryGetValue(name, out var wire)
        ? wire
        : throw new RequestException("NET_UNKNOWN",
            $"The bench has no net {name}. Its nets are {string.Join(", ", _inOrder.Select(w => w.Name))}. Use one of these names.");

    /// <summary>One end of a net.</summary>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>.</exception>
    public WireEndpoint Find(string net, string endpoint)
    {
        var wire = Find(net);
        return wire.Endpoints.FirstOrDefault(e => string.Equals(e.Name, endpoint, StringComparison.OrdinalIgnoreCase))
            ?? throw new RequestException("NET_UNKNOWN",
                $"Net {wire.Name} has no end {endpoint}. Its ends are {string.Join(", ", wire.Endpoints.Select(e => e.Name))}. Use one of these names.");
    }
}
