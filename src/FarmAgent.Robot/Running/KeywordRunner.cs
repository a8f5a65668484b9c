using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Runs keyword calls.</summary>
/// <param name="context">State of the suite.</param>
internal sealed partial class KeywordRunner(SuiteContext context)
{
    /// <summary>Runs a call.</summary>
    public Flow Run(CallData call, bool run) => Run(call, context.FindKeyword(call.Name, recommend: run), run);

    /// <summary>Runs a setup or teardown. Its name may come from variables; NONE or nothing means that there is none.</summary>
    public Flow RunFixture(KeywordCall fixture, KeywordRole role)
    {
        var call = CallData.From(fixture, role);
        string name;
        try
        {
            name = context.Variables.ReplaceString(call.Name);
        }
        catch (VariableSyntaxException error)
        {
            return context.DryRun ? Flow.Next : Flow.Fail(new Failure(error.Message));
        }

        if (name.Length == 0 || name.Equals("NONE", StringComparison.OrdinalIgnoreCase))
        {
            return Flow.Next;
        }

        return Run(call, FindFromVariable(name, call.Name), run: true);
    }

    /// <summary>
    /// Finds a keyword whose name came from variables. One with embedded arguments is looked up by the name as written, so that the arguments keep
    /// their values; an exact match of the resolved name wins.
    /// </summary>
    public FoundKeyword FindFromVariable(string resolved, string written)
    {
        var found = context.FindKeyword(resolved);
        if (!found.IsEmbedded || resolved == written)
        {
            return found;
        }

        var original = context.FindKeyword(written);
        return original.IsEmbedded ? original : found;
    }

    /// <summary>Runs a call whose keyword is known.</summary>
    public Flow Run(CallData call, FoundKeyword keyword, bool run)
    {
        var assignment = call.Assign.Count == 0 ? VariableAssignment.None : new VariableAssignment(call.Assign);
        if (keyword.User is not null)
        {
            return RunUser(call, keyword, keyword.User, assignment, run);
        }

        return keyword.Library is not null
            ? RunLibrary(call, keyword, keyword.Library, assignment, run)
            : RunMissing(call, keyword, assignment, run);
    }

    private Flow RunMissing(CallData call, FoundKeyword keyword, VariableAssignment assignment, bool run)
    {
        var result = new KeywordResult
        {
            Name = keyword.Name,
            Arguments = call.ShownArguments,
            Assign = assignment.Names,
            Role = call.Role,
        };
        return context.RunStep(result, run, _ => run ? throw new VariableSyntaxException(keyword.Error!) : Flow.Next);
    }

    private static void Validate(VariableAssignment assignment)
    {
        if (assignment.Error is { } error)
        {
            throw new SyntaxFailureException(error);
        }
    }

    private Flow AssignResult(VariableAssignment assignment, Func<Flow> action)
    {
        try
        {
            return Assign(assignment, action());
        }
        catch (KeywordFailedException error) when (context.CanContinue(Failure.From(error)))
        {
            Assign(assignment, Flow.Fail(Failure.From(error)));
            throw;
        }
    }

    // Assigns the return value; after a failure that lets execution go on, too.
    private Flow Assign(VariableAssignment assignment, Flow flow)
    {
        if (flow.IsNormal || (flow.IsFailed && context.CanContinue(flow.Failure!)))
        {
            Trace(() => $"Return: {PyPrettyText.Of(flow.Value)}");
            new VariableAssigner(
                context.Variables.Current, context.Services.Converter, text => context.Log(text), context.Services.Settings.MaxAssignLength)
                .Assign(assignment, flow.Value);
        }

        return flow;
    }

    private void Trace(Func<string> text)
    {
        if (context.Output.Level == MessageLevel.Trace)
        {
            context.Log(text(), MessageLevel.Trace);
        }
    }
}
