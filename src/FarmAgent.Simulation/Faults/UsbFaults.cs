using FarmAgent.Hardware.Usb;

namespace FarmAgent.Simulation.Faults;

/// <summary>Faults on the probe's USB transfers, and the endpoints that they left halted. All called under the bench's lock.</summary>
internal sealed class UsbFaults(FaultPlan plan)
{
    private readonly HashSet<byte> _halted = [];
    private byte[] _lastReply = [];

    /// <summary>Counts a transfer.</summary>
    /// <param name="endpoint">Its endpoint; bit 7 is set for one from the probe.</param>
    /// <returns>The fault that strikes it; null for none.</returns>
    public BenchFault? Next(byte endpoint)
    {
        if (!plan.Counts(FaultStream.UsbTransfers))
        {
            return null;
        }

        var direction = IsIn(endpoint) ? UsbDirection.In : UsbDirection.Out;
        return plan.Next(FaultStream.UsbTransfers, fault => fault.IsLasting || Concerns(fault, direction));
    }

    /// <summary>True while the endpoint answers STALL to everything.</summary>
    public bool IsHalted(byte endpoint) => _halted.Contains(endpoint);

    /// <summary>Halts an endpoint.</summary>
    public void Halt(byte endpoint) => _halted.Add(endpoint);

    /// <summary>The host cleared a halt.</summary>
    public void ClearHalt(byte endpoint) => _halted.Remove(endpoint);

    /// <summary>The device was reset or plugged in again.</summary>
    public void Forget()
    {
        _halted.Clear();
        _lastReply = [];
    }

    /// <summary>Remembers a reply, for a later one that is stale.</summary>
    public void Remember(ReadOnlySpan<byte> reply)
    {
        if (plan.Counts(FaultStream.UsbTransfers))
        {
            _lastReply = reply.ToArray();
        }
    }

    /// <summary>The reply that an earlier program did not fetch: the last one that was seen, or a bare status.</summary>
    /// <returns>Its length; what does not fit is left out.</returns>
    public int TakeStale(Span<byte> buffer)
    {
        ReadOnlySpan<byte> stale = _lastReply.Length > 0 ? _lastReply : [0x80, 0x00];
        var count = Math.Min(stale.Length, buffer.Length);
        stale[..count].CopyTo(buffer);
        return count;
    }

    /// <summary>The exception of a transfer that met a halted endpoint.</summary>
    public static UsbException Stall(UsbDeviceInfo device, byte endpoint) => new(UsbError.Stall,
        $"Endpoint 0x{endpoint:X2} of the device on USB {device.PortPath} is halted (STALL). Clear the halt, then repeat the transfer.");

    /// <summary>The exception of a transfer that ran into its limit.</summary>
    public static UsbException Timeout(UsbDeviceInfo device, byte endpoint, TimeSpan limit) => new(UsbError.Timeout,
        $"The transfer on endpoint 0x{endpoint:X2} of the device on USB {device.PortPath} did not end within {limit.TotalMilliseconds:F0} ms. Check the cable and repeat it.");

    private static bool IsIn(byte endpoint) => (endpoint & 0x80) != 0;

    private static bool Concerns(BenchFault fault, UsbDirection direction) => fault.Kind switch
    {
        BenchFaultKind.UsbShortReply or BenchFaultKind.UsbStaleReply => direction == UsbDirection.In,
        _ => fault.Direction == UsbDirection.Any || fault.Direction == direction,
    };
}
