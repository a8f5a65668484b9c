namespace FarmAgent.Probes.Gdb;

/// <summary>What the stub needs of its surroundings. All of it is called on the thread that calls the stub.</summary>
public interface IGdbHost
{
    /// <summary>Sends bytes to gdb.</summary>
    /// <param name="bytes">Acknowledgements and whole packets.</param>
    void Send(ReadOnlyMemory<byte> bytes);

    /// <summary>Tells the person behind gdb something that the protocol has no place for.</summary>
    /// <param name="text">One line.</param>
    void Note(string text);

    /// <summary>Passes while the stub may touch the target; called inside everything that takes long.</summary>
    /// <exception cref="Hardware.FarmException">The right to the board is over.</exception>
    void CheckRight();

    /// <summary>gdb has written to the target's memory by other ways than <see cref="Program"/>: what the flash holds is not proven any more.</summary>
    void MemoryWritten();

    /// <summary>Brings the flash to what gdb wants, verified; leaves the chip reset and the core halted before its first instruction.</summary>
    /// <param name="request">What it wants.</param>
    /// <returns>What was done, for a person.</returns>
    /// <exception cref="Hardware.FarmException">It was not done, or not completely.</exception>
    string Program(GdbFlashRequest request);
}
