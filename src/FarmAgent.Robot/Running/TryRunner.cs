using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Runs TRY structures.</summary>
/// <param name="context">State of the suite.</param>
/// <param name="bodies">Runs the branches.</param>
internal sealed class TryRunner(SuiteContext context, BodyRunner bodies)
{
    public Flow Run(TryStep structure, bool run, bool templated)
    {
        var result = new TryResult();
        return context.RunStep(result, run, _ => structure.Error is null
            ? RunValid(structure, run, templated)
            : RunInvalid(structure, templated));
    }

    private static TryBranchResult Result(TryBranch branch) => new()
    {
        Type = branch.Type,
        Patterns = branch.Patterns,
        PatternType = branch.PatternType,
        Assign = branch.Assign,
    };

    // The error shows at the first branch and fails the whole structure.
    private Flow RunInvalid(TryStep structure, bool templated)
    {
        var reported = false;
        foreach (var branch in structure.Branches)
        {
            var branchResult = Result(branch);
            context.RunStep(branchResult, false, _ =>
            {
                bodies.Run(branch.Body, false, templated);
                if (!reported)
                {
                    reported = true;
                    throw new SyntaxFailureException(structure.Error!);
                }

                return Flow.Next;
            });
        }

        return Flow.Fail(new Failure(structure.Error!) { Syntax = true });
    }

    private Flow RunValid(TryStep structure, bool run, bool templated)
    {
        var flow = RunBranch(structure.Branches[0], run, templated);
        var handles = run && (flow.IsNormal || (flow.IsFailed && !flow.Failure!.Skip && !flow.Failure.Syntax));
        var failed = !flow.IsNormal;
        foreach (var branch in structure.Branches.Where(branch => branch.Type == "EXCEPT"))
        {
            RunExcept(branch, ref flow, ref handles, failed, templated);
        }

        if (structure.Branches.Find(branch => branch.Type == "ELSE") is { } other)
        {
            var end = RunBranch(other, !failed && handles, templated);
            flow = failed ? flow : end;
        }

        if (structure.Branches.Find(branch => branch.Type == "FINALLY") is { } final)
        {
            var end = RunBranch(final, run, templated);
            flow = end.IsNormal ? flow : end;
        }

        return flow;
    }

    private void RunExcept(TryBranch branch, ref Flow flow, ref bool handles, bool failed, bool templated)
    {
        KeywordFailedException? problem = null;
        var runs = false;
        if (failed && handles)
        {
            try
            {
                runs = Catches(branch, flow.Failure!.Message);
            }
            catch (KeywordFailedException error)
            {
                (runs, problem) = (true, error);
            }
        }

        if (!runs)
        {
            RunBranch(branch, false, templated);
            return;
        }

        if (branch.Assign is not null)
        {
            context.Variables[branch.Assign] = flow.Failure!.Message;
        }

        flow = RunBranch(branch, true, templated, problem);
        handles = false;
    }

    private Flow RunBranch(TryBranch branch, bool run, bool templated, KeywordFailedException? problem = null)
    {
        var branchResult = Result(branch);
        return context.RunStep(
            branchResult, run, _ => problem is null ? bodies.Run(branch.Body, run, templated) : throw problem);
    }

    private bool Catches(TryBranch branch, string message)
    {
        if (branch.Patterns.Count == 0)
        {
            return true;
        }

        var type = branch.PatternType is null ? "LITERAL" : context.Variables.ReplaceString(branch.PatternType);
        Func<string, bool> matches = type.ToUpperInvariant() switch
        {
            "GLOB" => pattern => new GlobPattern(pattern).Matches(message),
            "REGEXP" => pattern => PyRegex.Compile(pattern).FullMatch(message) is not null,
            "START" => pattern => message.StartsWith(pattern, StringComparison.Ordinal),
            "LITERAL" => pattern => message == pattern,
            _ => throw new VariableSyntaxException(
                $"Invalid EXCEPT pattern type '{type}'. Valid values are {ErrorList.Quote(["GLOB", "REGEXP", "START", "LITERAL"])}."),
        };
        return branch.Patterns.Any(pattern => matches(context.Variables.ReplaceString(pattern)));
    }
}
