using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.StLink;

/// <summary>The adapters that ST has made, by what the host sees of them.</summary>
internal sealed partial record StLinkOptions
{
    private const byte CompositeOut = 0x01;
    private const byte CompositeTrace = 0x82;
    private const int HighSpeedPacket = 512;

    /// <summary>The adapter that a bench describes.</summary>
    /// <param name="probe">Its description, with a firmware that <see cref="FirmwareVersion"/> can read.</param>
    public static StLinkOptions Of(BenchProbe probe)
    {
        if (!FirmwareVersion.TryParse(probe.Firmware, out var version))
        {
            throw new ArgumentException($"'{probe.Firmware}' is no firmware of an ST-LINK.", nameof(probe));
        }

        var isStandAlone = version is { Generation: 2, MassStorage: null };
        var options = new StLinkOptions
        {
            Generation = version.Generation,
            JtagVersion = version.Jtag,
            SwimVersion = version.Generation == 2 ? version.MassStorage ?? version.Swim : version.Swim,
            MassStorageVersion = version.MassStorage ?? 0,
            BridgeVersion = version.Bridge,
            PowerVersion = version.Power,
            ProductId = probe.Product != 0 ? (ushort)probe.Product : UsualProduct(version),
            Product = version.Generation >= 3 ? "STLINK-V3" : "STM32 STLink",
            Serial = DescriptorOf(probe),
            PortPath = probe.PortPath,
            StartMode = StartOf(probe.Start, isStandAlone),
            StartsInLoader = probe.Start == BenchProbeStart.Loader,
            StartsWithStaleReply = probe.StaleReply,
        };
        return isStandAlone ? options : options with
        {
            OutEndpoint = CompositeOut,
            TraceEndpoint = CompositeTrace,
            PacketSize = version.Generation >= 3 ? HighSpeedPacket : options.PacketSize,
        };
    }

    private static ushort UsualProduct(FirmwareVersion version) => version switch
    {
        { Generation: 2, MassStorage: null } => 0x3748,
        { Generation: 2 } => 0x374B,
        { Generation: 3 } => 0x374E,
        _ => 0x3757,
    };

    private static StLinkMode StartOf(BenchProbeStart start, bool isStandAlone) => start switch
    {
        BenchProbeStart.Usual => isStandAlone ? StLinkMode.Dfu : StLinkMode.Idle,
        BenchProbeStart.MassStorage => StLinkMode.Idle,
        BenchProbeStart.Debug => StLinkMode.Debug,
        BenchProbeStart.Swim => StLinkMode.Swim,
        _ => StLinkMode.Dfu,
    };

    private static string DescriptorOf(BenchProbe probe) => probe.SerialForm switch
    {
        BenchSerialForm.Binary => RawBytes(probe.Serial),
        BenchSerialForm.Placeholder => new string('?', probe.Serial.Length),
        BenchSerialForm.None => string.Empty,
        _ => probe.Serial,
    };

    private static string RawBytes(string digits) => string.Concat(Convert.FromHexString(digits).Select(b => (char)b));
}
