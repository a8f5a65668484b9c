using System.Globalization;

namespace FarmAgent.Hardware.I2c;

/// <summary>A 7-bit I2C address (UM10204 section 3.1.10), 0x08 to 0x77 for devices. Prints as <c>0x08</c>.</summary>
/// <param name="Value">The address without the read/write bit, 0 to 0x7F.</param>
public readonly record struct I2cAddress(byte Value)
{
    /// <summary>True for addresses that the specification leaves to devices: 0x08 to 0x77.</summary>
    public bool IsForDevices => Value is >= 0x08 and <= 0x77;

    /// <summary>Refuses what is no 7-bit address; every adapter does so before anything is sent.</summary>
    /// <exception cref="RequestException">Beyond 0x7F (<c>I2C_ADDRESS_INVALID</c>).</exception>
    public void ThrowIfNotSevenBit()
    {
        if (Value > 0x7F)
        {
            throw new RequestException(
                "I2C_ADDRESS_INVALID",
                $"{this} is no 7-bit address: those are 0x00 to 0x7F, and 10-bit addresses are not supported. Leave the read/write bit out: 0x{Value >> 1:X2}?");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => "0x" + Value.ToString("X2", CultureInfo.InvariantCulture);

    /// <summary>Reads <c>0x08</c> or <c>8</c>.</summary>
    /// <param name="text">Hex with 0x or decimal.</param>
    /// <param name="address">The address on success.</param>
    /// <returns>False when the text is no number of 0 to 0x7F.</returns>
    public static bool TryParse(string? text, out I2cAddress address)
    {
        address = default;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var trimmed = text.AsSpan().Trim();
        var isHex = trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!byte.TryParse(isHex ? trimmed[2..] : trimmed, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
                CultureInfo.InvariantCulture, out var value) || value > 0x7F)
        {
            return false;
        }

        address = new I2cAddress(value);
        return true;
    }
}
