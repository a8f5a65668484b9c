namespace FarmAgent.Simulation.Mcu;

/// <summary>A lock that opens by two keys in order and that a wrong key closes until the next reset (PM0075 section 2.3.2).</summary>
internal sealed class FlashKeyLock
{
    private const uint FirstKey = 0x4567_0123;
    private const uint SecondKey = 0xCDEF_89AB;

    private bool _gotFirst;

    public bool IsOpen { get; private set; }

    /// <summary>True after a wrong key: no key opens it until <see cref="Reset"/>.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>
    /// Takes a key. Only the order counts, so both keys in order for a lock that is open are no error and leave it open: OpenOCD's and the
    /// vendor's own unlocking write them without a look at the lock.
    /// </summary>
    /// <returns>False if the key was wrong, which the bus answers with an error.</returns>
    public bool Offer(uint key)
    {
        if (IsBlocked)
        {
            return false;
        }

        if (key == (_gotFirst ? SecondKey : FirstKey))
        {
            IsOpen |= _gotFirst;
            _gotFirst = !_gotFirst;
            return true;
        }

        Close();
        IsBlocked = true;
        return false;
    }

    public void Close()
    {
        IsOpen = false;
        _gotFirst = false;
    }

    public void Reset()
    {
        Close();
        IsBlocked = false;
    }
}
