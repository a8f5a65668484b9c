using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Simulation.Serial;

/// <summary>One direction of a serial connection: whole frames over a net, at their end. With an end cut nothing arrives.</summary>
internal sealed class SerialWire(WireEndpoint sender, WireEndpoint receiver)
{
    /// <summary>Takes a frame when its last bit has passed.</summary>
    public Action<SerialFrame>? Received { get; set; }

    /// <summary>What happens to frames on the way; null for nothing.</summary>
    public ISerialDisturbance? Disturbance { get; set; }

    /// <summary>Sees each frame as it arrives, before its receiver; for a trace.</summary>
    public Action<SerialFrame>? Passing { get; set; }

    /// <summary>Brings a frame that has just ended to the receiver; over a wire that is shorted no frame passes.</summary>
    public void Deliver(SerialFrame frame)
    {
        if (sender.IsConnected && receiver.IsConnected && sender.Wire.Short is null)
        {
            var arriving = Disturbance?.Pass(frame) ?? frame;
            Passing?.Invoke(arriving);
            Received?.Invoke(arriving);
        }
    }
}
