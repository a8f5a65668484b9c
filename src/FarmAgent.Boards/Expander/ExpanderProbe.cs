namespace FarmAgent.Boards.Expander;

/// <summary>What answered at the expander's address.</summary>
/// <param name="Magic">Registers 0x00 and 0x01; 0xBEEF for an expander.</param>
/// <param name="Version">Version of its firmware; null when it has no version block that we know.</param>
public sealed record ExpanderProbe(ushort Magic, ExpanderVersion? Version)
{
    /// <summary>True when the magic word is 0xBEEF.</summary>
    public bool IsExpander => Magic == ExpanderRegisters.Magic;
}

/// <summary>Version block of our own firmware.</summary>
/// <param name="Major">Major version.</param>
/// <param name="Minor">Minor version.</param>
/// <param name="Patch">Patch version.</param>
/// <param name="BuildId">First four bytes of the image's build id as eight hex digits.</param>
public sealed record ExpanderVersion(byte Major, byte Minor, byte Patch, string BuildId)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}.{Patch}";
}
