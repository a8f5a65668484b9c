using System.CommandLine;
using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Sessions;

/// <summary>What a verb works with that needs no agent: its options, and where output goes.</summary>
internal sealed class LocalContext(ParseResult parsed, CommandOutput output)
{
    public CommandOutput Output { get; } = output;

    /// <summary>Value of an option of the verb.</summary>
    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>Value of an argument that the verb cannot do without.</summary>
    public T Need<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);
}
