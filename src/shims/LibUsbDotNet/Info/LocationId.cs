using System.Collections.ObjectModel;
using System.Globalization;

namespace LibUsbDotNet.Info;

/// <summary>Where a device is plugged in: its bus and the chain of hub ports.</summary>
public readonly struct LocationId : IEquatable<LocationId>
{
    /// <summary>Names a place.</summary>
    /// <param name="busNumber">Bus number.</param>
    /// <param name="portNumbers">Ports from the root hub outwards; empty for the root hub itself.</param>
    public LocationId(byte busNumber, ReadOnlyCollection<byte> portNumbers)
    {
        BusNumber = busNumber;
        PortNumbers = portNumbers;
    }

    /// <summary>Bus number.</summary>
    public byte BusNumber { get; }

    /// <summary>Ports from the root hub outwards.</summary>
    public ReadOnlyCollection<byte> PortNumbers { get; }

    /// <summary>Compares two places.</summary>
    public static bool operator ==(LocationId left, LocationId right) => left.Equals(right);

    /// <summary>Compares two places.</summary>
    public static bool operator !=(LocationId left, LocationId right) => !left.Equals(right);

    /// <summary>The kernel's name of the place: <c>1-1.4</c>, the root hub <c>1</c>.</summary>
    public override string ToString()
    {
        var bus = BusNumber.ToString(CultureInfo.InvariantCulture);
        return PortNumbers is null or { Count: 0 } ? bus : bus + "-" + string.Join('.', PortNumbers);
    }

    /// <inheritdoc/>
    public bool Equals(LocationId other) => ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LocationId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
