namespace FarmAgent.Agent.Hosting;

/// <summary>Ids that stand with every line of the log that belongs to a piece of work.</summary>
internal static class LogScopes
{
    /// <summary>Lines from now on, until disposal, are of this operation.</summary>
    public static IDisposable? OfOperation(ILogger log, string operation, string lease, string board) =>
        log.BeginScope(new[] { Pair("Operation", operation), Pair("Lease", lease), Pair("Board", board) });

    /// <summary>Lines from now on, until disposal, are of this run.</summary>
    public static IDisposable? OfRun(ILogger log, string run, string lease, string board) =>
        log.BeginScope(new[] { Pair("Run", run), Pair("Lease", lease), Pair("Board", board) });

    private static KeyValuePair<string, object> Pair(string name, string value) => new(name, value);
}
