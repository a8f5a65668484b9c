namespace FarmAgent.Simulation.Bus;

/// <summary>The bit-band aliases of a Cortex-M3 (TRM section 3.7): one alias word for each bit of the first MiB of SRAM and of the peripherals.</summary>
internal static class BitBand
{
    private const uint AliasSize = 0x0200_0000;
    private static readonly (uint Alias, uint Region)[] Regions = [(0x2200_0000, 0x2000_0000), (0x4200_0000, 0x4000_0000)];

    /// <summary>Finds the bit that an alias address stands for.</summary>
    /// <param name="address">Address in a bit-band alias.</param>
    /// <param name="width">Width of the access, which the access to the region keeps.</param>
    /// <param name="target">Aligned address in the bit-band region.</param>
    /// <param name="bit">Bit in the value of that width.</param>
    public static bool TryResolve(uint address, int width, out uint target, out int bit)
    {
        foreach (var (alias, region) in Regions)
        {
            var offset = address - alias;
            if (offset < AliasSize)
            {
                var inRegion = offset >> 5;
                var lane = inRegion & (uint)(width - 1);
                target = region + inRegion - lane;
                bit = (int)((lane * 8) + ((offset >> 2) & 7));
                return true;
            }
        }

        target = 0;
        bit = 0;
        return false;
    }
}
