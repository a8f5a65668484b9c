using FarmAgent.Agent.Audits;
using FarmAgent.Agent.Metrics;
using FarmAgent.Agent.Security;
using FarmAgent.Boards.Traces;

namespace FarmAgent.Agent.Configuration;

/// <summary>Reads <c>agent.yaml</c>.</summary>
internal static class AgentSettingsReader
{
    private const int LargestTrace = 256 * 1024 * 1024;

    /// <summary>Reads the file; one that is not there means the defaults, unless it was asked for by name.</summary>
    public static AgentSettings Read(string path, bool mustExist, ConfigProblems problems)
    {
        if (!File.Exists(path))
        {
            if (mustExist)
            {
                problems.Add(path, "is not there; create it, or leave --config out");
            }

            return new AgentSettings();
        }

        if (ConfigFile.Read(path, problems) is not { } map)
        {
            return new AgentSettings();
        }

        var runner = map.TakeMap("runner");
        var trace = map.TakeMap("trace");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var settings = new AgentSettings
        {
            Boards = map.TakeText("boards"),
            Benches = [.. map.TakeTexts("benches").Select(b => Path.GetFullPath(b, folder))],
            State = map.TakeText("state"),
            Socket = map.TakeText("socket"),
            OperatorGroup = map.TakeText("operator_group") ?? new AgentSettings().OperatorGroup,
            AllowVirtual = map.TakeFlag("allow_virtual", fallback: false),
            TraceBytes = trace is null ? FlightRecorder.DefaultBytes : ReadTrace(trace),
            Retention = map.TakeMap("retention") is { } retention ? RetentionSettings.Read(retention) : new RetentionSettings(),
            QuarantineAfter = map.TakeMap("quarantine") is { } quarantine ? ReadQuarantine(quarantine) : new AgentSettings().QuarantineAfter,
            Metrics = map.TakeMap("metrics") is { } metrics ? MetricsSettings.Read(metrics) : new MetricsSettings(),
            Shutdown = map.TakeMap("shutdown") is { } shutdown ? ShutdownSettings.Read(shutdown) : new ShutdownSettings(),
            Leases = map.TakeMap("leases") is { } leases ? LeaseSettings.Read(leases) : new LeaseSettings(),
            Runner = runner is null ? new RunnerSettings() : ReadRunner(runner),
            Tls = map.TakeMap("tls") is { } tls ? ReadTls(tls, folder) : new TlsFileSettings(),
            Roles = [.. map.TakeMaps("roles").Select(ReadRole)],
            Audit = map.TakeMap("audit") is { } audit ? ReadAudit(audit) : new AuditSettings(),
            Limits = map.TakeMap("limits") is { } limits ? ReadLimits(limits) : new CallLimits(),
        };
        map.RefuseTheRest();
        return settings;
    }

    private static int ReadQuarantine(ConfigMap map)
    {
        var after = map.TakeNumber("after", new AgentSettings().QuarantineAfter, 0, 1_000);
        map.RefuseTheRest();
        return after;
    }

    private static int ReadTrace(ConfigMap map)
    {
        var bytes = map.TakeNumber("bytes", FlightRecorder.DefaultBytes, FlightRecorder.LeastBytes, LargestTrace);
        map.RefuseTheRest();
        return bytes;
    }

    private static TlsFileSettings ReadTls(ConfigMap map, string folder)
    {
        var settings = new TlsFileSettings
        {
            Listen = map.TakeText("listen"),
            Certificate = PathOf("certificate"),
            Key = PathOf("key"),
            ClientAuthority = PathOf("client_ca"),
        };
        if (settings.Listen is { } listen && !ListenAddress.TryParse(listen, out _, out _))
        {
            map.Complain("listen", $"is '{listen}'; write an address of this host and a port, for example 0.0.0.0:7443 or [::]:7443");
        }

        if ((settings.Certificate is null) != (settings.Key is null))
        {
            map.Complain("names only one of certificate and key; name both, or neither to use those of farm-agent init");
        }

        map.RefuseTheRest();
        return settings;

        string? PathOf(string key)
        {
            if (map.TakeText(key) is not { } text)
            {
                return null;
            }

            var full = Path.GetFullPath(text, folder);
            if (!File.Exists(full))
            {
                map.Complain(key, $"is '{text}', which is not there");
            }

            return full;
        }
    }

    private static RoleEntry ReadRole(ConfigMap map)
    {
        var who = map.TakeRequiredText("who");
        var word = map.TakeRequiredText("role");
        var entry = new RoleEntry(who, new RoleGrant(RoleGrant.RoleOf(word), map.TakeTexts("boards")));
        if (who.Length > 0 && !RoleBook.Kinds.Any(k => who.Length > k.Length && who.StartsWith(k, StringComparison.Ordinal)))
        {
            map.Complain("who", $"is '{who}'; write cert:NAME, user:NAME or group:NAME");
        }

        if (word.Length > 0 && entry.Grant.Role == CallerRole.None)
        {
            map.Complain("role", $"is '{word}'; write {string.Join(" or ", RoleGrant.Words)}");
        }

        // An empty list would read as "on no board" and mean "on every board".
        if (map.Has("boards") && entry.Grant.Boards.Count == 0)
        {
            map.Complain("boards", "names no board; name some, or leave it out for every board");
        }

        map.RefuseTheRest();
        return entry;
    }

    private static AuditSettings ReadAudit(ConfigMap map)
    {
        var defaults = new AuditSettings();
        var settings = new AuditSettings
        {
            FileMebibytes = map.TakeNumber("file_mebibytes", defaults.FileMebibytes, 1, 64),
            Files = map.TakeNumber("files", defaults.Files, 2, 1_000),
        };
        map.RefuseTheRest();
        return settings;
    }

    private static CallLimits ReadLimits(ConfigMap map)
    {
        var defaults = new CallLimits();
        var limits = new CallLimits
        {
            Connections = map.TakeNumber("connections", defaults.Connections, 1, 65_535),
            ConnectionsPerAddress = map.TakeNumber("connections_per_address", defaults.ConnectionsPerAddress, 1, 65_535),
            CallsPerConnection = map.TakeNumber("calls_per_connection", defaults.CallsPerConnection, 1, 10_000),
            CallsPerSecond = map.TakeNumber("calls_per_second", defaults.CallsPerSecond, 1, 1_000_000),
            SlowClient = map.TakeDuration("slow_client", defaults.SlowClient),
        };
        if (limits.SlowClient < TimeSpan.FromSeconds(1) || limits.SlowClient > TimeSpan.FromHours(1))
        {
            map.Complain("slow_client", "must be from 1s to 1h");
        }

        map.RefuseTheRest();
        return limits;
    }

    private static RunnerSettings ReadRunner(ConfigMap map)
    {
        var defaults = new RunnerSettings();
        var settings = new RunnerSettings
        {
            Command = map.TakeText("command"),
            TimeLimit = map.TakeDuration("time_limit", defaults.TimeLimit),
            StopGrace = map.TakeDuration("stop_grace", defaults.StopGrace),
        };
        if (settings.Command is { } command && !File.Exists(command))
        {
            map.Complain("command", $"is '{command}', which is not there; write the full path of farmctl");
        }

        map.RefuseTheRest();
        return settings;
    }
}
