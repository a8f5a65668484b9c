using FarmAgent.Boards.Leases;

namespace FarmAgent.Agent.Configuration;

/// <summary>How leases go.</summary>
internal sealed record LeaseSettings
{
    /// <summary>How far use of a board moves the end of its lease, when a request says nothing of it.</summary>
    public TimeSpan ExtendUpTo { get; init; } = new LeaseOptions().ExtendUpTo;

    /// <summary>How long a holder who is asked to give the board up may take to object.</summary>
    public TimeSpan TakeoverGrace { get; init; } = new LeaseOptions().TakeoverGrace;

    /// <summary>Program and arguments that run before a lease; empty for none.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Program and arguments that run after a lease; empty for none.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Longest time that either may take.</summary>
    public TimeSpan HookLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes them from the configuration.</summary>
    public static LeaseSettings Read(ConfigMap map)
    {
        var defaults = new LeaseSettings();
        var settings = new LeaseSettings
        {
            ExtendUpTo = map.TakeDuration("extend_up_to", defaults.ExtendUpTo),
            TakeoverGrace = map.TakeDuration("takeover_grace", defaults.TakeoverGrace),
            Before = map.TakeTexts("before"),
            After = map.TakeTexts("after"),
            HookLimit = map.TakeDuration("hook_limit", defaults.HookLimit),
        };
        if (settings.ExtendUpTo > LeaseOptions.LongestExtension)
        {
            map.Complain("extend_up_to", $"is longer than {LeaseOptions.LongestExtension.TotalDays:0} days; write at most that");
        }

        foreach (var (key, command) in new[] { ("before", settings.Before), ("after", settings.After) })
        {
            if (command.Count > 0 && !(Path.IsPathRooted(command[0]) && File.Exists(command[0])))
            {
                map.Complain(key, $"names '{command[0]}', which is not there; write the full path of a program, and its arguments as further items");
            }
        }

        map.RefuseTheRest();
        return settings;
    }

    /// <summary>The manager's limits.</summary>
    public LeaseOptions ToOptions() => new()
    {
        ExtendUpTo = ExtendUpTo,
        TakeoverGrace = TakeoverGrace,

        // The command is killed at its own limit; this one is only there should that fail.
        HookLimit = HookLimit + TimeSpan.FromSeconds(10),
    };
}
