using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Runs FOR loops.</summary>
/// <param name="context">State of the suite.</param>
/// <param name="bodies">Runs the rounds.</param>
internal sealed class ForRunner(SuiteContext context, BodyRunner bodies)
{
    public Flow Run(ForLoop loop, bool run, bool templated)
    {
        var result = new ForResult
        {
            Assign = loop.Assign,
            Flavor = loop.Flavor,
            Values = loop.Values,
            Start = loop.Start,
            Mode = loop.Mode,
            Fill = loop.Fill,
        };
        KeywordFailedException? problem = run && loop.Error is not null ? new SyntaxFailureException(loop.Error) : null;
        var runs = run && problem is null;
        return context.RunStep(result, runs, scope =>
        {
            if (runs)
            {
                try
                {
                    var targets = loop.Assign.Select(name => VariableMatch.Search(name, parseType: true)).ToList();
                    var rounds = new ForValues(context, loop).Rounds();
                    var (flow, executed) = RunRounds(loop, targets, rounds, templated);
                    if (executed)
                    {
                        return flow;
                    }
                }
                catch (ForValuesException error)
                {
                    problem = error.Problem;
                }
            }

            scope.PassStatus = Status.NotRun;
            RunRound(loop, null, [.. loop.Assign.Select(_ => (object?)"")], templated, run: false);
            return problem is null ? Flow.Next : throw problem;
        });
    }

    private (Flow Flow, bool Executed) RunRounds(
        ForLoop loop, List<VariableMatch> targets, IEnumerable<IReadOnlyList<object?>> rounds, bool templated)
    {
        var failures = new List<Failure>();
        var executed = false;
        foreach (var values in rounds)
        {
            executed = true;
            var flow = RunRound(loop, targets, values, templated, run: true);
            if (flow.Kind is FlowKind.Break or FlowKind.Continue)
            {
                failures.AddRange(flow.Failure?.Parts ?? []);
                if (flow.Kind == FlowKind.Break)
                {
                    break;
                }
            }
            else if (flow.Leaves)
            {
                return (flow.After(failures), true);
            }
            else if (flow.IsFailed)
            {
                failures.AddRange(flow.Failure!.Parts);
                if (!context.CanContinue(flow.Failure, templated))
                {
                    break;
                }
            }
        }

        if (failures.Count == 0)
        {
            return (Flow.Next, executed);
        }

        return templated && failures.Count > 1 && failures.TrueForAll(failure => failure.Skip)
            ? (Flow.Fail(new Failure("All iterations skipped.") { Skip = true }), true)
            : (Flow.Fail(Failure.Combine(failures)), true);
    }

    private Flow RunRound(
        ForLoop loop, List<VariableMatch>? targets, IReadOnlyList<object?> values, bool templated, bool run)
    {
        if (loop.Assign.Count == 1 && values.Count != 1)
        {
            values = [new PyTuple([.. values])];
        }

        var shown = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < loop.Assign.Count && i < values.Count; i++)
        {
            var value = values[i];
            if (targets is not null && run && !context.DryRun)
            {
                if (targets[i].Type is { } type)
                {
                    value = context.Services.Converter.Convert(value, type, "FOR loop variable", loop.Assign[i]);
                }

                context.Variables[targets[i].Name] = value;
            }

            shown.Add(new(loop.Assign[i], AssignMessages.Cut(PyText.InMessages(value), context.Services.Settings.MaxAssignLength)));
        }

        var iteration = new IterationResult { Assign = shown };
        return context.RunStep(iteration, run, _ => bodies.Run(loop.Body, run, templated));
    }
}
