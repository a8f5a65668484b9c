namespace FarmAgent.Boards.Consoles;

/// <summary>Keeps a console's recording beyond the memory of the agent, for example in a file. Called on the recorder's thread.</summary>
public interface ISerialSink
{
    /// <summary>Takes the next bytes. May drop them when it has no room; must not throw for that.</summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="port">Name of the port.</param>
    /// <param name="chunk">The bytes with their place; the memory is valid during the call only.</param>
    void Append(string board, string port, SerialChunk chunk);

    /// <summary>The end of what an earlier agent kept; called once, before the recording goes on behind it.</summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="port">Name of the port.</param>
    /// <param name="most">Most bytes wanted.</param>
    /// <returns>Null when nothing was kept.</returns>
    SerialChunk? Load(string board, string port, int most);
}
