using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FarmAgent.Flashing.Targets;

/// <summary>One embedded chip data file as it is written; addresses are hex strings.</summary>
internal sealed record TargetFile
{
    public required string Family { get; init; }

    public required string Sources { get; init; }

    public required string CorePart { get; init; }

    public required string FlashBase { get; init; }

    public required string FlashRegisters { get; init; }

    public required string FlashSizeAddress { get; init; }

    public required string UniqueIdAddress { get; init; }

    public required string RamBase { get; init; }

    /// <summary>True for a family that is identified and read, but whose flash is not written.</summary>
    public bool IsReadOnly { get; init; }

    public required IReadOnlyList<TargetFileDevice> Devices { get; init; }

    /// <summary>Reads an embedded file.</summary>
    public static IReadOnlyList<TargetDescription> Load(string resourceName)
    {
        using var stream = typeof(TargetFile).Assembly.GetManifestResourceStream(resourceName)
            ?? throw new InvalidOperationException($"The chip data {resourceName} is missing from the build.");
        var file = JsonSerializer.Deserialize(stream, TargetFileJson.Default.TargetFile)
            ?? throw new InvalidOperationException($"The chip data {resourceName} is empty.");
        return [.. file.Devices.Select(file.Describe)];
    }

    private static uint Hex(string text) => uint.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private TargetDescription Describe(TargetFileDevice device) => new()
    {
        Family = Family,
        Name = device.Name,
        DeviceId = (ushort)Hex(device.DeviceId),
        CorePart = (ushort)Hex(CorePart),
        Lines = device.Lines,
        SizeCodes = device.SizeCodes,
        FlashBase = Hex(FlashBase),
        FlashRegisters = Hex(FlashRegisters),
        FlashSizeAddress = Hex(device.FlashSizeAddress ?? FlashSizeAddress),
        UniqueIdAddress = Hex(device.UniqueIdAddress ?? UniqueIdAddress),
        IsReadOnly = IsReadOnly,
        SectorMapKiB = device.SectorMapKiB ?? [],
        BankKiB = device.BankKiB,
        FlashSizeCodesKiB = device.FlashSizeCodesKiB ?? [],
        SectorBytes = device.SectorBytes,
        LargestFlashKiB = device.LargestFlashKiB,
        Ram = new AddressRange(Hex(RamBase), device.LargestRamKiB * 1024L),
        LoaderRamBytes = device.SmallestRamKiB * 1024,
    };
}

/// <summary>One device of a chip data file.</summary>
internal sealed record TargetFileDevice
{
    public required string DeviceId { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Lines { get; init; }

    public required string SizeCodes { get; init; }

    public required int SectorBytes { get; init; }

    public required int LargestFlashKiB { get; init; }

    public required int LargestRamKiB { get; init; }

    public required int SmallestRamKiB { get; init; }

    /// <summary>Only where it differs from the family's.</summary>
    public string? FlashSizeAddress { get; init; }

    /// <summary>Only where it differs from the family's.</summary>
    public string? UniqueIdAddress { get; init; }

    public IReadOnlyList<int>? SectorMapKiB { get; init; }

    public int BankKiB { get; init; }

    public IReadOnlyList<int>? FlashSizeCodesKiB { get; init; }
}

/// <summary>Serialization without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TargetFile))]
internal sealed partial class TargetFileJson : JsonSerializerContext;
