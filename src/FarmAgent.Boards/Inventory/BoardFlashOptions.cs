namespace FarmAgent.Boards.Inventory;

/// <summary>How a board's chip is flashed.</summary>
public sealed record BoardFlashOptions
{
    /// <summary>Highest SWD clock in kHz; long wires want less.</summary>
    public int SwdKilohertz { get; init; } = 4_000;

    /// <summary>Hold NRST while connecting: for firmware that takes the SWD pins or sleeps too deeply.</summary>
    public bool ConnectUnderReset { get; init; }

    /// <summary>Full paths of public keys (PEM, ECDSA or RSA), one of which has to have signed an image; empty when images need no signature.</summary>
    public IReadOnlyList<string> RequireSignature { get; init; } = [];

    /// <summary>Supply below which the bench counts as faulty, in volts. The STM32F103 works from 2.0 V (DS5319 table 9).</summary>
    public double MinimumVolts { get; init; } = 2.0;
}
