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
        var settings = new AgentSettings
        {
            Boards = map.TakeText("boards"),
            Benches = [.. map.TakeTexts("benches").Select(b => Path.GetFullPath(b, Path.GetDirectoryName(Path.GetFullPath(path))!))],
            State = map.TakeText("state"),
            Socket = map.TakeText("socket"),
            OperatorGroup = map.TakeText("operator_group") ?? new AgentSettings().OperatorGroup,
            AllowVirtual = map.TakeFlag("allow_virtual", fallback: false),
            TraceBytes = trace is null ? FlightRecorder.DefaultBytes : ReadTrace(trace),
            Leases = map.TakeMap("leases") is { } leases ? LeaseSettings.Read(leases) : new LeaseSettings(),
            Runner = runner is null ? new RunnerSettings() : ReadRunner(runner),
        };
        map.RefuseTheRest();
        return settings;
    }

    private static int ReadTrace(ConfigMap map)
    {
        var bytes = map.TakeNumber("bytes", FlightRecorder.DefaultBytes, FlightRecorder.LeastBytes, LargestTrace);
        map.RefuseTheRest();
        return bytes;
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
