namespace FarmAgent.Boards.Consoles;

/// <summary>Limits of a console's recorder. Wall time throughout.</summary>
public sealed record SerialRecorderOptions
{
    /// <summary>Bytes kept in memory.</summary>
    public int RingBytes { get; init; } = 256 * 1024;

    /// <summary>Limit of one wait for bytes; after it the recorder looks whether it has to end.</summary>
    public TimeSpan ReadLimit { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>First pause before a lost port is opened again; it doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause before a lost port is opened again.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Limit of sending one piece.</summary>
    public TimeSpan WriteLimit { get; init; } = TimeSpan.FromSeconds(10);
}
