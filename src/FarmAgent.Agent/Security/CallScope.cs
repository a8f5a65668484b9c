using Grpc.Core;

namespace FarmAgent.Agent.Security;

/// <summary>What a call turned out to be about, for the audit: filled in where it is found out.</summary>
internal sealed class CallScope
{
    private static readonly object Key = new();

    /// <summary>Name of the board; empty for none.</summary>
    public string Board { get; set; } = "";

    /// <summary>What was done it to, for a person: the name of a token, the fault applied.</summary>
    public string Target { get; set; } = "";

    /// <summary>The scope of a call.</summary>
    public static CallScope Of(ServerCallContext context)
    {
        if (context.UserState.TryGetValue(Key, out var found))
        {
            return (CallScope)found;
        }

        var scope = new CallScope();
        context.UserState[Key] = scope;
        return scope;
    }
}
