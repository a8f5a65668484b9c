namespace FarmAgent.Agent.Tunnels.UsbDevices;

/// <summary>Answers what a host asks every device on endpoint 0 (USB 2.0 section 9.4), mostly while it enumerates it.</summary>
/// <param name="descriptors">What the device says of itself.</param>
/// <param name="clearHalt">Clears the halt of an endpoint.</param>
internal sealed class StandardRequests(UsbDescriptors descriptors, Action<byte> clearHalt)
{
    private const byte GetStatus = 0;
    private const byte ClearFeature = 1;
    private const byte GetDescriptor = 6;
    private const byte GetConfiguration = 8;
    private const byte SetConfiguration = 9;
    private const byte GetInterface = 10;
    private const byte SetInterface = 11;
    private const byte Device = 0;
    private const byte Interface = 1;
    private const byte Endpoint = 2;
    private const ushort EndpointHalt = 0;
    private byte _configuration;

    /// <summary>Does one request.</summary>
    /// <returns>Its data stage, empty for none; null when the device stalls it.</returns>
    public byte[]? Answer(UsbSetup setup) => setup.IsStandard ? Cut(Find(setup), setup) : null;

    private static byte[]? Cut(byte[]? data, UsbSetup setup) => data is null || data.Length <= setup.Length ? data : data[..setup.Length];

    private byte[]? Find(UsbSetup setup) => (setup.IsIn, setup.Request, setup.RequestType & 0x1F) switch
    {
        (true, GetDescriptor, Device) => descriptors.Find(setup.Value),
        (true, GetStatus, Device or Interface or Endpoint) => [0, 0],
        (true, GetConfiguration, Device) => [_configuration],
        (true, GetInterface, Interface) => [0],
        (false, SetConfiguration, Device) => Configure(setup.Value),
        (false, SetInterface, Interface) when setup.Value == 0 && setup.Index == 0 => [],
        (false, ClearFeature, Endpoint) when setup.Value == EndpointHalt => Clear((byte)setup.Index),
        _ => null,
    };

    private byte[]? Configure(ushort value)
    {
        if (value > 1)
        {
            return null;
        }

        _configuration = (byte)value;
        return [];
    }

    private byte[] Clear(byte endpoint)
    {
        clearHalt(endpoint);
        return [];
    }
}
