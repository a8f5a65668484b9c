using FarmAgent.Hardware.Usb;

namespace FarmAgent.Probes;

/// <summary>A probe that is plugged in, found without opening it.</summary>
public sealed record ProbeInfo
{
    /// <summary>Model name, for example <c>ST-LINK/V2</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Serial number as 24 hex digits (or the short string of a clone); empty when the device has none that tells it apart.</summary>
    public required string Serial { get; init; }

    /// <summary>The device on USB.</summary>
    public required UsbDeviceInfo Device { get; init; }

    /// <summary>Why the probe cannot be used, with the step that mends it; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>What to write to select exactly this probe: its serial, or its port path where the serial does not tell it apart.</summary>
    public required ProbeSelector Selector { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Model} {Device.VendorId:x4}:{Device.ProductId:x4} serial {(Serial.Length == 0 ? "(none)" : Serial)} at usb:{Device.PortPath}";
}
