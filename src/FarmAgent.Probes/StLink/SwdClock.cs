namespace FarmAgent.Probes.StLink;

/// <summary>SWD clocks of the second generation: a divisor on the wire, a frequency to people.</summary>
internal static class SwdClock
{
    /// <summary>Clock of a probe that was never told otherwise, in kHz.</summary>
    public const int PowerUpKilohertz = 1800;

    // Fastest first. Divisor 0 is called 4 MHz by ST's own tools, 4.6 MHz by measurements.
    private static readonly (int Kilohertz, ushort Divisor)[] Table =
    [
        (4000, 0), (1800, 1), (1200, 2), (950, 3), (650, 5), (480, 7), (400, 9), (360, 10), (240, 15), (150, 25), (125, 31), (100, 40),
        (50, 79), (25, 158), (15, 265), (5, 798),
    ];

    /// <summary>The fastest clock that is not above the request; the slowest when all are.</summary>
    public static (int Kilohertz, ushort Divisor) Choose(int kilohertz)
    {
        foreach (var entry in Table)
        {
            if (entry.Kilohertz <= kilohertz)
            {
                return entry;
            }
        }

        return Table[^1];
    }
}
