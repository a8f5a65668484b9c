using FarmAgent.Robot.Results;

namespace FarmAgent.Cli.Events;

/// <summary>Names of steps in a run's events.</summary>
internal static class StepEventNames
{
    /// <summary>Name of a keyword with its owner, or of a group; empty for other structures.</summary>
    public static string NameOf(StepResult step) => step switch
    {
        KeywordResult keyword => keyword.FullName,
        GroupResult group => group.Name,
        _ => "",
    };
}
