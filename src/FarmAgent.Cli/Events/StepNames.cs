using FarmAgent.Robot.Results;

namespace FarmAgent.Cli.Events;

/// <summary>Names and types of steps, in the words of output.xml.</summary>
internal static class StepNames
{
    /// <summary>Name of a keyword with its owner, or of a group; empty for other structures.</summary>
    public static string NameOf(StepResult step) => step switch
    {
        KeywordResult keyword => keyword.FullName,
        GroupResult group => group.Name,
        _ => "",
    };

    /// <summary>What kind of step it is.</summary>
    public static string TypeOf(StepResult step) => step switch
    {
        KeywordResult { Role: KeywordRole.Setup } => "SETUP",
        KeywordResult { Role: KeywordRole.Teardown } => "TEARDOWN",
        KeywordResult => "KEYWORD",
        ForResult => "FOR",
        WhileResult => "WHILE",
        IterationResult => "ITERATION",
        IfResult => "IF/ELSE ROOT",
        IfBranchResult branch => branch.Type,
        TryResult => "TRY/EXCEPT ROOT",
        TryBranchResult branch => branch.Type,
        GroupResult => "GROUP",
        VarResult => "VAR",
        ReturnResult => "RETURN",
        BreakResult => "BREAK",
        ContinueResult => "CONTINUE",
        _ => "ERROR",
    };
}
