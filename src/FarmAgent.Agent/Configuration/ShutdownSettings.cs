namespace FarmAgent.Agent.Configuration;

/// <summary>How the agent stops.</summary>
internal sealed record ShutdownSettings
{
    /// <summary>True waits for runs and flashes at work before it stops; false interrupts them.</summary>
    public bool Drain { get; init; }

    /// <summary>Longest wait for them; what is still at work then is interrupted.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Reads the section.</summary>
    public static ShutdownSettings Read(ConfigMap map)
    {
        var settings = new ShutdownSettings
        {
            Drain = map.TakeWord("policy", "interrupt", "drain") == "drain",
            Limit = map.TakeDuration("limit", new ShutdownSettings().Limit),
        };
        map.RefuseTheRest();
        return settings;
    }
}
