using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>User keywords.</summary>
internal sealed partial class KeywordRunner
{
    private Flow RunUser(CallData call, FoundKeyword found, UserKeyword keyword, VariableAssignment assignment, bool run)
    {
        var variables = context.Variables;
        var result = new KeywordResult
        {
            Name = found.Name,
            Owner = keyword.Owner.Name,
            SourceName = keyword.Embedded is null ? "" : keyword.Name,
            Documentation = FirstParagraph.Of(variables.ReplaceString(keyword.Documentation, ignoreErrors: true)),
            Arguments = call.ShownArguments,
            Assign = assignment.Names,
            Tags = new TagSet(variables.ReplaceList(DocumentationTags.All(keyword, context.Output), ignoreErrors: true).Select(PyText.InMessages)).Sorted,
            Role = call.Role,
        };
        run |= context.DryRun;
        return context.RunStep(result, run, _ =>
        {
            Validate(keyword);
            if (context.DryRun)
            {
                Validate(assignment);
            }
            else if (keyword.IsPrivate)
            {
                WarnAboutPrivateCall(keyword);
            }

            if (!run)
            {
                return Flow.Next;
            }

            Validate(assignment);
            foreach (var warning in found.Warnings)
            {
                context.Log(warning, MessageLevel.Warn);
            }

            return context.DryRun
                ? Execute(call, found, keyword, result)
                : AssignResult(assignment, () => Execute(call, found, keyword, result));
        }, keyword);
    }

    private static void Validate(UserKeyword keyword)
    {
        var problem = keyword.Error ?? (keyword.Name.Length == 0 ? "User keyword name cannot be empty."
            : keyword.Body.Count == 0 ? "User keyword cannot be empty." : null);
        if (problem is not null)
        {
            throw new VariableSyntaxException(problem);
        }
    }

    private void WarnAboutPrivateCall(UserKeyword keyword)
    {
        if (context.UserKeywords.Count == 0 || context.UserKeywords[^1].Owner.Source != keyword.Owner.Source)
        {
            context.Log($"Keyword '{keyword.FullName}' is private and should only be called by keywords in the same file.", MessageLevel.Warn);
        }
    }

    private Flow Execute(CallData call, FoundKeyword found, UserKeyword keyword, KeywordResult result)
    {
        var resolved = new ArgumentResolver(keyword.Arguments, $"Keyword '{keyword.FullName}'")
            .Resolve(call.Arguments, context.DryRun ? null : context.Variables.Current);
        if (context.DryRun)
        {
            ArgumentBinder.Bind(keyword.Arguments, resolved, context.Services.Converter, allowUnresolved: true);
        }

        var binding = context.DryRun ? null : UserArgumentBinding.Create(context, keyword, found.MatchedName, resolved);
        return context.InUserKeywordDo(keyword, () =>
        {
            if (binding is not null)
            {
                binding.SetVariables();
                Trace(() => binding.TraceMessage());
            }

            var timeout = ActiveTimeout.Create("Keyword", keyword.Timeout, context.Variables, context.Clock);
            result.Timeout = timeout?.Text ?? "";
            if (!context.DryRun)
            {
                context.AddTimeout(timeout);
            }

            try
            {
                return HandleEnd(RunParts(keyword));
            }
            finally
            {
                context.RemoveTimeout(timeout);
            }
        });
    }

    // The failure, then how the keyword was left, then the unresolved return values.
    private (Failure? Failure, Flow? Pass, object? Values) RunParts(UserKeyword keyword)
    {
        if (context.DryRun && keyword.Tags.Contains("robot:no-dry-run"))
        {
            return (null, null, null);
        }

        var failure = keyword.Setup is null ? null : RunFixtureFor(keyword.Setup, KeywordRole.Setup);
        var flow = new BodyRunner(context).Run(keyword.Body, run: failure is null);
        Flow? pass = null;
        object? values = null;
        switch (flow.Kind)
        {
            case FlowKind.Return:
                values = flow.Value;
                failure = flow.Failure;
                break;
            case FlowKind.Pass or FlowKind.Break or FlowKind.Continue:
                pass = flow;
                failure = flow.Failure;
                if (failure is not null)
                {
                    failure.Continuable = false;
                }

                break;
            case FlowKind.Failed:
                failure = flow.Failure;
                break;
        }

        var teardown = keyword.Teardown is null ? null : RunTeardown(keyword.Teardown, failure);
        return (failure is null && teardown is null ? null : Failure.OfKeyword(failure, teardown), pass, values);
    }

    private Failure? RunTeardown(KeywordCall teardown, Failure? failure)
    {
        var own = context.InKeywordTeardownDo(failure, () => RunFixtureFor(teardown, KeywordRole.Teardown));
        var timeout = context.Timeouts.MinBy(candidate => candidate.SecondsLeft);
        return own is null && failure is null && timeout is { IsOver: true }
            ? new Failure(timeout.ExceededMessage) { TestTimeout = !timeout.IsKeyword, KeywordTimeout = timeout.IsKeyword }
            : own;
    }

    private Failure? RunFixtureFor(KeywordCall fixture, KeywordRole role)
    {
        var flow = RunFixture(fixture, role).WhereNothingIsLeft();
        return flow.Kind == FlowKind.Pass ? null : flow.Failure;
    }

    private Flow HandleEnd((Failure? Failure, Flow? Pass, object? Values) end)
    {
        var (failure, pass, values) = end;
        if (failure is not null && !context.CanContinue(failure))
        {
            if (context.InTeardown && failure.KeywordTimeout)
            {
                // A teardown goes on after a keyword timeout.
                failure.KeywordTimeout = false;
            }

            return Flow.Fail(failure);
        }

        if (failure is null && pass is { } passed)
        {
            return passed;
        }

        var value = ReturnValue(values);
        return failure is null ? Flow.Of(value) : Flow.Fail(failure, value);
    }

    private object? ReturnValue(object? values)
    {
        if (values is ReturnedValue known)
        {
            return known.Value;
        }

        IReadOnlyList<object?> cells = values switch
        {
            IReadOnlyList<string> written => written,
            IReadOnlyList<object?> given => given,
            _ => [],
        };
        if (cells.Count == 0)
        {
            return null;
        }

        try
        {
            var resolved = context.Variables.ReplaceList(cells);
            return resolved.Count == 1 && !cells.Any(cell => cell is string text && VariableKinds.IsList(text)) ? resolved[0] : new PyList(resolved);
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Replacing variables from keyword return value failed: {error.Message}");
        }
    }
}
