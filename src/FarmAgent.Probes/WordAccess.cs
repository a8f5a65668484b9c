namespace FarmAgent.Probes;

/// <summary>One access to an aligned word, as part of several; see <see cref="IMemoryAccess.Access"/>.</summary>
/// <param name="Address">Address, a multiple of 4.</param>
/// <param name="Written">Value to write; null to read.</param>
public readonly record struct WordAccess(uint Address, uint? Written)
{
    /// <summary>A read.</summary>
    /// <param name="address">Address, a multiple of 4.</param>
    public static WordAccess Read(uint address) => new(address, null);

    /// <summary>A write.</summary>
    /// <param name="address">Address, a multiple of 4.</param>
    /// <param name="value">Value to write.</param>
    public static WordAccess Write(uint address, uint value) => new(address, value);
}
