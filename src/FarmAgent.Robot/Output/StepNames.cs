using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>What steps are called where a person reads about them.</summary>
public static class StepNames
{
    /// <summary>What kind of step it is, in the words of output.xml.</summary>
    /// <param name="step">The step.</param>
    public static string Kind(StepResult step) => step switch
    {
        KeywordResult keyword => keyword.Role switch
        {
            KeywordRole.Setup => "SETUP",
            KeywordRole.Teardown => "TEARDOWN",
            _ => "KEYWORD",
        },
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

    internal static string Name(StepResult step) => step switch
    {
        KeywordResult keyword => keyword.FullName,
        ForResult loop => $"{string.Join("    ", loop.Assign)}    {loop.Flavor}    {string.Join("    ", loop.Values)}",
        WhileResult loop => loop.Condition ?? string.Empty,
        IterationResult iteration => string.Join(", ", iteration.Assign.Select(item => $"{item.Key} = {item.Value}")),
        IfBranchResult branch => branch.Condition ?? string.Empty,
        TryBranchResult branch => string.Join("    ", branch.Patterns) + (branch.Assign is null ? string.Empty : $"    AS    {branch.Assign}"),
        GroupResult group => group.Name,
        VarResult statement => $"{statement.Name}    {string.Join("    ", statement.Values)}",
        ReturnResult statement => string.Join("    ", statement.Values),
        ErrorResult row => string.Join("    ", row.Values),
        _ => string.Empty,
    };
}
