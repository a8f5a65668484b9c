namespace FarmAgent.Robot.Values;

/// <summary>A Python bytearray; plain <c>bytes</c> are <see cref="byte"/> arrays that nobody changes.</summary>
public sealed class PyByteArray
{
    /// <summary>A bytearray with the given content.</summary>
    /// <param name="content">The bytes, copied.</param>
    public PyByteArray(IEnumerable<byte> content)
    {
        Content = [.. content];
    }

    /// <summary>The bytes; may be changed.</summary>
    public List<byte> Content { get; }
}
