using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Running;

/// <summary>
/// How deep keywords and structures may nest. The original ends where Python's stack does, so steps weigh as many frames as they take there
/// (measured); it keeps recursion without end from ending the process.
/// </summary>
internal static class NestingLimit
{
    public const int Budget = 887;

    public static int WeightOf(StepResult step) => step switch
    {
        KeywordResult => 6,
        ForResult or TryResult or GroupResult => 3,
        _ => 2,
    };
}
