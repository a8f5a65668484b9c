using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Buses;

/// <summary>Finds the addresses on a bus that acknowledge.</summary>
public static class I2cScanner
{
    /// <summary>Sends every address that the specification leaves to devices (0x08 to 0x77), and nothing else.</summary>
    /// <param name="bus">The adapter.</param>
    /// <param name="allowed">Addresses that may be asked; others are left out.</param>
    /// <param name="timeout">Limit of one address.</param>
    /// <param name="cancellationToken">Ends the scan between two addresses.</param>
    public static I2cScan Scan(II2cBus bus, Func<I2cAddress, bool> allowed, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(allowed);
        var found = new List<I2cAddress>();
        for (byte value = 0x08; value <= 0x77; value++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var address = new I2cAddress(value);
            if (!allowed(address))
            {
                continue;
            }

            var result = bus.Transfer(address, [], [], timeout);
            if (result.IsOk)
            {
                found.Add(address);
            }
            else if (!result.IsNack)
            {
                // A stuck bus or a faulty adapter answers no other address either.
                return new I2cScan(found, result, address);
            }
        }

        return new I2cScan(found, null, null);
    }
}

/// <summary>What a scan found.</summary>
/// <param name="Found">Addresses that acknowledged.</param>
/// <param name="Fault">What ended the scan early; null when all addresses were asked.</param>
/// <param name="FaultAddress">The address at which it ended.</param>
public sealed record I2cScan(IReadOnlyList<I2cAddress> Found, I2cTransferResult? Fault, I2cAddress? FaultAddress)
{
    /// <summary>True when all addresses were asked.</summary>
    public bool IsComplete => Fault is null;
}
