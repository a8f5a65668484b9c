using FarmAgent.Api.Connections;

namespace FarmAgent.Cli.Contexts;

/// <summary>
/// Which agent is meant and as whom: what the command line says outranks the environment, that the contexts. An address that a context has takes
/// the rest from that context.
/// </summary>
internal static class ContextChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="agent">Value of --agent; null for none.</param>
    /// <param name="context">Value of --context; null for none.</param>
    /// <exception cref="UsageException">No such context, no such address (<c>CONTEXT_UNKNOWN</c>, <c>BAD_ADDRESS</c>).</exception>
    /// <exception cref="IOException">The token's file cannot be read.</exception>
    public static FarmClientOptions Choose(string? agent, string? context)
    {
        try
        {
            var asked = string.IsNullOrEmpty(agent) ? Environment.GetEnvironmentVariable("FARM_AGENT") : agent;
            var chosen = Find(asked, context);
            var options = FarmClientOptions.FromEnvironment(chosen?.Agent ?? asked);
            return chosen is null ? options : options with { Tls = options.Tls ?? chosen.Tls, Token = options.Token ?? TokenOf(chosen) };
        }
        catch (FormatException e)
        {
            throw new UsageException("BAD_ADDRESS", e.Message);
        }
    }

    /// <summary>Gives what was chosen to the environment, for parts that read only that: the libraries of a suite that is run here.</summary>
    public static void ExportToEnvironment()
    {
        if (Environment.GetEnvironmentVariable("FARM_AGENT") is { Length: > 0 } || Find(null, null) is not { } chosen)
        {
            return;
        }

        Environment.SetEnvironmentVariable("FARM_AGENT", chosen.Agent);
        SetWhereUnset("FARM_CA_FILE", chosen.Authority);
        SetWhereUnset("FARM_PIN", chosen.Pin);
        SetWhereUnset("FARM_CERT_FILE", chosen.Certificate);
        SetWhereUnset("FARM_KEY_FILE", chosen.Key);
        SetWhereUnset("FARM_TOKEN_FILE", chosen.TokenFile);
    }

    private static AgentContext? Find(string? asked, string? context)
    {
        if (asked is not null && asked.StartsWith("unix:", StringComparison.Ordinal))
        {
            return null;
        }

        var file = ContextFile.Read();
        return !string.IsNullOrEmpty(context) ? file.Get(context)
            : !string.IsNullOrEmpty(asked) ? file.ByAddress(asked)
            : file.Current is { } current ? file.Get(current)
            : null;
    }

    private static string? TokenOf(AgentContext context) => context.TokenFile is { } file && File.ReadAllText(file).Trim() is { Length: > 0 } token ? token : null;

    private static void SetWhereUnset(string name, string? value)
    {
        if (value is not null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
