using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Running;

/// <summary>Runs the steps of a body one after the other and collects their failures.</summary>
/// <param name="context">State of the suite.</param>
internal sealed partial class BodyRunner(SuiteContext context)
{
    /// <summary>Runs a body.</summary>
    /// <param name="steps">Its steps.</param>
    /// <param name="run">Whether the steps are executed; otherwise they only appear in the results.</param>
    /// <param name="templated">Whether they are rows of a template, which all run.</param>
    public Flow Run(IReadOnlyList<Step> steps, bool run, bool templated = false)
    {
        var failures = new List<Failure>();
        var left = default(Flow);
        var skipped = 0;
        foreach (var step in steps)
        {
            var flow = RunStep(step, run, templated);
            if (flow.IsFailed)
            {
                failures.AddRange(flow.Failure!.Parts);
                skipped += flow.Failure.Skip ? 1 : 0;
                run = context.CanContinue(flow.Failure, templated);
            }
            else if (flow.Leaves)
            {
                left = flow.After(failures);
                run = false;
            }
        }

        if (left.Leaves)
        {
            return left;
        }

        if (templated && failures.Count > 0)
        {
            return CombineRows(failures, steps.Count, skipped) is { } failure ? Flow.Fail(failure) : Flow.Next;
        }

        return failures.Count == 0 ? Flow.Next : Flow.Fail(Failure.Combine(failures));
    }

    // Skipped rows of a template do not count unless all are.
    private static Failure? CombineRows(List<Failure> failures, int rows, int skipped)
    {
        if (rows < 2 || !failures.Exists(failure => failure.Skip))
        {
            return Failure.Combine(failures);
        }

        if (skipped == rows)
        {
            return new Failure("All iterations skipped.") { Skip = true };
        }

        failures = failures.FindAll(failure => !failure.Skip);
        return failures.Count == 0 ? null : Failure.Combine(failures);
    }

    private Flow RunStep(Step step, bool run, bool templated) => step switch
    {
        KeywordCall call => new KeywordRunner(context).Run(CallData.From(call), run),
        ForLoop loop => new ForRunner(context, this).Run(loop, run, templated),
        WhileLoop loop => new WhileRunner(context, this).Run(loop, run, templated),
        IfStep structure => RunIf(structure, run, templated),
        TryStep structure => new TryRunner(context, this).Run(structure, run, templated),
        GroupStep group => RunGroup(group, run, templated),
        VarStep statement => RunVar(statement, run),
        ReturnStep statement => RunLeaving(
            new ReturnResult { Values = statement.Values }, statement, run, new Flow(FlowKind.Return, statement.Values)),
        BreakStep => RunLeaving(new BreakResult(), step, run, new Flow(FlowKind.Break)),
        ContinueStep => RunLeaving(new ContinueResult(), step, run, new Flow(FlowKind.Continue)),
        ErrorStep error => context.RunStep(
            new ErrorResult { Values = error.Values }, run, _ => run ? throw new Variables.VariableSyntaxException(error.Error!) : Flow.Next),
        _ => throw new InvalidOperationException($"A step of kind {step.GetType().Name} cannot run."),
    };

    private Flow RunLeaving(StepResult result, Step step, bool run, Flow flow) => context.RunStep(result, run, _ =>
    {
        ThrowIfInvalid(step, run);
        return run && !context.DryRun ? flow : Flow.Next;
    });

    private static void ThrowIfInvalid(Step step, bool run)
    {
        if (run && step.Error is { } error)
        {
            throw new SyntaxFailureException(error);
        }
    }

    private Flow RunGroup(GroupStep group, bool run, bool templated)
    {
        var result = new GroupResult { Name = group.Name };
        KeywordFailedException? problem = null;
        if (run)
        {
            try
            {
                ThrowIfInvalid(group, run);
                result.Name = context.Variables.ReplaceString(group.Name);
            }
            catch (KeywordFailedException error)
            {
                problem = error;
            }
        }

        var runs = run && problem is null;
        return context.RunStep(result, runs, _ =>
        {
            var flow = Run(group.Body, runs, templated);
            return problem is null ? flow : throw problem;
        });
    }

    private Flow RunIf(IfStep structure, bool run, bool templated)
    {
        var result = new IfResult();
        return context.RunStep(result, run, _ =>
        {
            var end = Flow.Next;
            foreach (var branch in structure.Branches)
            {
                var (flow, taken) = RunBranch(branch, run, templated, structure.Error);
                if (!flow.IsNormal)
                {
                    end = flow;
                    run = false;
                }
                else if (taken && !context.DryRun)
                {
                    run = false;
                }
            }

            return end;
        });
    }

    private (Flow Flow, bool Taken) RunBranch(IfBranch branch, bool run, bool templated, string? syntaxError)
    {
        KeywordFailedException? problem = null;
        var taken = false;
        if (syntaxError is not null)
        {
            problem = new SyntaxFailureException(syntaxError);
        }
        else
        {
            try
            {
                taken = context.DryRun || run && (branch.Condition is null || IsTrue(branch.Condition, $"Invalid {branch.Type} condition: "));
            }
            catch (KeywordFailedException error)
            {
                problem = error;
            }
        }

        var result = new IfBranchResult { Type = branch.Type, Condition = branch.Condition };
        var flow = context.RunStep(result, taken, _ =>
        {
            var end = Run(branch.Body, taken, templated);
            return problem is not null && run ? throw problem : end;
        });
        return (flow, taken);
    }

    /// <summary>Evaluates a condition.</summary>
    /// <exception cref="Variables.VariableSyntaxException">It cannot be evaluated.</exception>
    public bool IsTrue(string condition, string prefix)
    {
        try
        {
            var variables = context.Variables.Current;
            return Values.PyTruth.Of(variables.Evaluator.Evaluate(condition, variables, resolveVariables: true));
        }
        catch (KeywordFailedException error)
        {
            throw new Variables.VariableSyntaxException(prefix + error.ResultMessage);
        }
    }
}
