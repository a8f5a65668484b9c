namespace FarmAgent.Boards.Expander;

/// <summary>Register map of the 0xBEEF GPIO expander. One register per transfer: not every firmware counts the register up by itself.</summary>
internal static class ExpanderRegisters
{
    public const byte MagicHigh = 0x00;
    public const byte MagicLow = 0x01;

    /// <summary>Writing n sets GPIO n up as configured; 0xFF sets all of them up.</summary>
    public const byte Activate = 0x02;
    public const byte Port = 0x03;
    public const byte Pin = 0x0B;

    /// <summary>Bit 0 direction (1 = output), bit 1 initial level of an output, bit 2 inverted.</summary>
    public const byte Configuration = 0x13;
    public const byte Value = 0x1B;

    /// <summary>Format, major, minor, patch, four bytes of build id; only our own firmware has it.</summary>
    public const byte Version = 0x30;
    public const byte VersionFormat = 0x01;

    public const ushort Magic = 0xBEEF;
    public const int GpioCount = 8;
    public const byte None = 0xFF;
}
