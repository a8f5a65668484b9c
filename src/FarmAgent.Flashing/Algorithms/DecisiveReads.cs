using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Algorithms;

/// <summary>
/// Reads registers that decide whether a chip is refused. What speaks against it counts when it was read twice the same, the second time with the
/// probe's replies in step for certain.
/// </summary>
internal sealed class DecisiveReads(DebugSession session)
{
    private const int Limit = 4;

    /// <summary>Reads a word.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="isAgainst">True for a value that would be reported as a failure.</param>
    public uint Read(uint address, Func<uint, bool> isAgainst)
    {
        var value = session.Memory.ReadWord(address);
        for (var i = 0; i < Limit && isAgainst(value); i++)
        {
            session.Probe.Resynchronise();
            var again = session.Memory.ReadWord(address);
            if (again == value)
            {
                break;
            }

            value = again;
        }

        return value;
    }
}
