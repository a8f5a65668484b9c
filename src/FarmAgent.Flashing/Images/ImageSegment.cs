namespace FarmAgent.Flashing.Images;

/// <summary>Contiguous bytes of an image and where they go.</summary>
public sealed class ImageSegment
{
    /// <summary>Makes a segment.</summary>
    /// <param name="address">Address of the first byte.</param>
    /// <param name="data">At least one byte; the end must not pass the top of the address space.</param>
    public ImageSegment(uint address, ReadOnlyMemory<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfZero(data.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address + (long)data.Length, 0x1_0000_0000);
        Address = address;
        Data = data;
    }

    /// <summary>Address of the first byte.</summary>
    public uint Address { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The addresses it covers.</summary>
    public AddressRange Range => new(Address, Data.Length);
}
