namespace FarmAgent.Agent.Stores;

/// <summary>Keeps a reserve of the disk for the ends of what has begun: new work is refused before the disk is full.</summary>
/// <param name="folder">The state directory.</param>
/// <param name="reserve">Bytes that new work leaves free.</param>
internal sealed class StateRoom(string folder, long reserve)
{
    private const long MiB = 1024 * 1024;

    /// <summary>Tells the free bytes; a test may put another one in its place.</summary>
    public Func<long> FreeBytes { get; set; } = () => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Passes when there is room for new work.</summary>
    /// <param name="what">What is asked for, for a person: <c>this upload</c>.</param>
    /// <exception cref="AgentException">There is not (<c>STATE_FULL</c>).</exception>
    public void Check(string what)
    {
        if (FreeBytes() is var free && free < reserve)
        {
            throw new AgentException(
                "STATE_FULL",
                $"{folder} has {free / MiB} MiB left, less than the {reserve / MiB} MiB that are kept for the ends of what has begun, so {what} is refused; what was kept is served on. "
                + "Make room: delete files, or lower the limits under retention.");
        }
    }
}
