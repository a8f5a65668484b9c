using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Library keywords.</summary>
internal sealed partial class KeywordRunner
{
    private static readonly string[] RunInDryRun =
        ["Import Library", "Set Library Search Order", "Set Tags", "Remove Tags", "Import Resource"];

    private Flow RunLibrary(
        CallData call, FoundKeyword found, LibraryKeyword keyword, VariableAssignment assignment, bool run)
    {
        var result = new KeywordResult
        {
            Name = found.Name,
            SourceName = keyword.Embedded is null ? "" : keyword.Name,
            Owner = keyword.Owner.Name,
            Documentation = keyword.ShortDocumentation,
            Arguments = call.ShownArguments,
            Assign = assignment.Names,
            Tags = keyword.Tags,
            Role = call.Role,
        };
        if (context.DryRun)
        {
            return DryRunLibrary(call, found, keyword, assignment, result, run);
        }

        return context.RunStep(result, run, _ =>
        {
            if (!run)
            {
                return Flow.Next;
            }

            Validate(assignment);
            foreach (var warning in found.Warnings)
            {
                context.Log(warning, MessageLevel.Warn);
            }

            return AssignResult(assignment, () => Call(call, found, keyword, result));
        });
    }

    // Arguments inside the name come first, by position; the call itself gives the rest.
    private static ResolvedArguments Resolve(CallData call, FoundKeyword found, LibraryKeyword keyword, VariableSet? variables)
    {
        var (spec, subject) = (keyword.Descriptor.Arguments, $"Keyword '{keyword.FullName}'");
        if (keyword.Embedded?.Match(found.MatchedName) is not { } inside)
        {
            return new ArgumentResolver(spec, subject, keyword.Descriptor.ResolvedArguments).Resolve(call.Arguments, variables);
        }

        var free = spec.Positional.Skip(inside.Count).ToHashSet();
        var rest = new ArgumentSpec([.. spec.Parameters.Where(parameter => !spec.Positional.Contains(parameter) || free.Contains(parameter))]);
        var resolved = new ArgumentResolver(rest, subject).Resolve(call.Arguments, variables);
        return new ResolvedArguments(
            [.. inside.Select(value => variables is null ? value : variables.ReplaceScalar(value)), .. resolved.Positional], resolved.Named);
    }

    private Flow Call(CallData call, FoundKeyword found, LibraryKeyword keyword, KeywordResult result)
    {
        var descriptor = keyword.Descriptor;
        if (descriptor.Problem is { } problem)
        {
            throw new VariableSyntaxException(problem);
        }

        var resolved = Resolve(call, found, keyword, context.DryRun ? null : context.Variables.Current);
        resolved = ArgumentBinder.Convert(descriptor.Arguments, resolved, context.Services.Converter, allowUnresolved: context.DryRun);
        var arguments = ArgumentBinder.Place(descriptor.Arguments, resolved);
        if (context.Output.Level == MessageLevel.Trace)
        {
            context.Log($"Arguments: [ {string.Join(" | ", Shown(resolved))} ]", MessageLevel.Trace);
        }

        if (descriptor.IsAssertion && context.Test is not null)
        {
            context.Test.Assertions++;
        }

        var scope = new KeywordScope(context, result);
        object? Body() => descriptor.Body(scope, arguments);
        var value = descriptor.ResolvedArguments is null ? context.UnderTimeout(Body) : Body();
        return value as Flow? ?? Flow.Of(value);
    }

    private static IEnumerable<string> Shown(ResolvedArguments resolved) =>
        resolved.Positional.Select(PyPrettyText.Of).Concat(resolved.Named.Select(pair => $"{pair.Key}={PyPrettyText.Of(pair.Value)}"));

    private Flow DryRunLibrary(
        CallData call, FoundKeyword found, LibraryKeyword keyword, VariableAssignment assignment, KeywordResult result, bool run)
    {
        var builtIn = keyword.Owner.RealName == "BuiltIn";
        var executed = builtIn && RunInDryRun.Contains(keyword.Name);
        var children = builtIn ? DryRunChildren.Find(keyword, call.Arguments) : null;
        return context.RunStep(result, executed || children is not null, _ =>
        {
            Validate(assignment);
            if (executed)
            {
                Call(call, found, keyword, result);
                return Flow.Next;
            }

            var resolved = Resolve(call, found, keyword, null);
            ArgumentBinder.Bind(keyword.Descriptor.Arguments, resolved, context.Services.Converter, allowUnresolved: true);
            return children is null ? Flow.Next : DryRunCalls(children(), call.Line);
        });
    }

    private Flow DryRunCalls(IEnumerable<IReadOnlyList<object?>> calls, int line)
    {
        var failures = new List<Failure>();
        foreach (var cells in calls)
        {
            if (cells is [string name, ..] && !VariableMatch.Contains(name))
            {
                var flow = Run(new CallData(name, [.. cells.Skip(1)], [], KeywordRole.Keyword, line), run: true);
                failures.AddRange(flow.Failure?.Parts ?? []);
            }
        }

        return failures.Count == 0 ? Flow.Next : Flow.Fail(Failure.Combine(failures));
    }
}
