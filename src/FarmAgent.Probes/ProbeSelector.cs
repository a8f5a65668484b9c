using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FarmAgent.Hardware;

namespace FarmAgent.Probes;

/// <summary>
/// Names one probe: <c>vid:pid</c> or <c>vid:pid:serial</c> in hex, a serial alone, or <c>usb:PORTPATH</c>, which names the socket and so tells
/// clones with equal serials apart. The default value matches every probe.
/// </summary>
/// <param name="VendorId">USB vendor id, or null for any.</param>
/// <param name="ProductId">USB product id, or null for any.</param>
/// <param name="Serial">Serial number, compared without regard to case, or null for any.</param>
/// <param name="PortPath">USB port path, or null for any.</param>
public readonly record struct ProbeSelector(ushort? VendorId, ushort? ProductId, string? Serial, string? PortPath)
{
    /// <summary>Matches every probe.</summary>
    public static ProbeSelector Any => default;

    /// <summary>Selects the probe with this serial.</summary>
    /// <param name="serial">Serial number.</param>
    public static ProbeSelector BySerial(string serial) => new(null, null, serial, null);

    /// <summary>Selects whatever probe is in this USB socket.</summary>
    /// <param name="portPath">Bus and port chain, for example <c>1-1.3</c>.</param>
    public static ProbeSelector ByPort(string portPath) => new(null, null, null, portPath);

    /// <summary>Reads a selector.</summary>
    /// <param name="text">One of the forms above.</param>
    /// <exception cref="RequestException">Not a selector (<c>PROBE_SELECTOR_INVALID</c>).</exception>
    public static ProbeSelector Parse(string text) =>
        TryParse(text, out var selector)
            ? selector
            : throw new RequestException(
                "PROBE_SELECTOR_INVALID",
                $"'{text}' does not name a probe: write vid:pid or vid:pid:serial in hex (0483:3748), a serial alone, or usb:PORTPATH (usb:1-1.3).");

    /// <summary>Reads a selector.</summary>
    /// <param name="text">One of the forms above.</param>
    /// <param name="selector">The selector when it is one.</param>
    /// <returns>False when the text is no selector.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out ProbeSelector selector)
    {
        selector = default;
        if (string.IsNullOrWhiteSpace(text) || text.Any(char.IsWhiteSpace))
        {
            return false;
        }

        if (text.StartsWith("usb:", StringComparison.OrdinalIgnoreCase))
        {
            selector = ByPort(text[4..]);
            return text.Length > 4;
        }

        var parts = text.Split(':', 3);
        if (parts.Length == 1)
        {
            selector = BySerial(text);
            return true;
        }

        if (!TryParseId(parts[0], out var vendor) || !TryParseId(parts[1], out var product) || (parts.Length == 3 && parts[2].Length == 0))
        {
            return false;
        }

        selector = new ProbeSelector(vendor, product, parts.Length == 3 ? parts[2] : null, null);
        return true;
    }

    /// <summary>True when the probe is one that this selector names.</summary>
    /// <param name="probe">A listed probe.</param>
    public bool Matches(ProbeInfo probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return (VendorId is null || VendorId == probe.Device.VendorId)
            && (ProductId is null || ProductId == probe.Device.ProductId)
            && (Serial is null || string.Equals(Serial, probe.Serial, StringComparison.OrdinalIgnoreCase))
            && (PortPath is null || string.Equals(PortPath, probe.Device.PortPath, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (PortPath is not null)
        {
            return $"usb:{PortPath}";
        }

        if (VendorId is null || ProductId is null)
        {
            return Serial ?? "any";
        }

        return Serial is null ? $"{VendorId:x4}:{ProductId:x4}" : $"{VendorId:x4}:{ProductId:x4}:{Serial}";
    }

    private static bool TryParseId(string text, out ushort id) =>
        ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id) && text.Length == 4;
}
