using FarmAgent.Agent.Stores;

namespace FarmAgent.Agent.Configuration;

/// <summary>How much is kept in the state directory.</summary>
internal sealed record RetentionSettings
{
    private const long MiB = 1024 * 1024;
    private const int MostMegabytes = 1_000_000;
    private const int MostCount = 1_000_000;
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(90);

    /// <summary>Images.</summary>
    public RetentionRule Images { get; init; } = new(64, 512 * MiB, LongAgo);

    /// <summary>Suites.</summary>
    public RetentionRule Suites { get; init; } = new(64, 512 * MiB, LongAgo);

    /// <summary>Files of runs: events, artifacts, consoles, traces.</summary>
    public RetentionRule Runs { get; init; } = new(200, 2048 * MiB, LongAgo);

    /// <summary>Rows of each kind in the database: ended leases, receipts, runs.</summary>
    public int Records { get; init; } = 5_000;

    /// <summary>Bytes of the disk that new work leaves free.</summary>
    public long Reserve { get; init; } = 16 * MiB;

    /// <summary>Takes them from the configuration.</summary>
    public static RetentionSettings Read(ConfigMap map)
    {
        var defaults = new RetentionSettings();
        var settings = new RetentionSettings
        {
            Images = ReadRule(map, "images", defaults.Images),
            Suites = ReadRule(map, "suites", defaults.Suites),
            Runs = ReadRule(map, "runs", defaults.Runs),
            Records = map.TakeNumber("records", defaults.Records, RetentionRule.KeptWhateverTheirAge, MostCount),
            Reserve = map.TakeNumber("reserve_megabytes", (int)(defaults.Reserve / MiB), 1, MostMegabytes) * MiB,
        };
        map.RefuseTheRest();
        return settings;
    }

    private static RetentionRule ReadRule(ConfigMap parent, string key, RetentionRule defaults)
    {
        if (parent.TakeMap(key) is not { } map)
        {
            return defaults;
        }

        var rule = new RetentionRule(
            map.TakeNumber("count", defaults.Count, 1, MostCount),
            map.TakeNumber("megabytes", (int)(defaults.Bytes / MiB), 1, MostMegabytes) * MiB,
            map.TakeDuration("age", defaults.Age));
        map.RefuseTheRest();
        return rule;
    }
}
