using FarmAgent.Robot.Building;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>VAR.</summary>
internal sealed partial class BodyRunner
{
    private Flow RunVar(VarStep statement, bool run)
    {
        var result = new VarResult
        {
            Name = statement.Name,
            Values = statement.Values,
            Scope = statement.Scope,
            Separator = statement.Separator,
        };
        return context.RunStep(result, run, _ =>
        {
            ThrowIfInvalid(statement, run);
            if (run && !context.DryRun)
            {
                Set(statement);
            }

            return Flow.Next;
        });
    }

    private void Set(VarStep statement)
    {
        var scope = ResolveScope(statement.Scope);
        if (scope != "LOCAL" && statement.Values.Count == 0 && statement.Name.StartsWith('$'))
        {
            context.Log(
                $"Using the VAR syntax to create a scalar variable without a value in other than the local scope like "
                + $"'VAR    {statement.Name}    scope={statement.Scope}' is deprecated. In the future this syntax will promote an existing variable to "
                + $"the new scope. Use 'VAR    {statement.Name}    ${{EMPTY}}    scope={statement.Scope}' instead.",
                MessageLevel.Warn);
        }

        try
        {
            var resolver = VariableResolver.Create(
                new VariableDefinition(statement.Name, statement.Values, statement.Separator, context.Services.Converter));
            var value = resolver.Resolve(context.Variables.Current);
            SetIn(scope, resolver.Name, value);
            context.Log(AssignMessages.Format(resolver.Name, value, maxLength: context.Services.Settings.MaxAssignLength));
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Setting variable '{statement.Name}' failed: {error.Message}");
        }
    }

    private string ResolveScope(string? written)
    {
        if (string.IsNullOrEmpty(written))
        {
            return "LOCAL";
        }

        try
        {
            var scope = context.Variables.ReplaceString(written);
            return scope.ToUpperInvariant() is "LOCAL" or "TEST" or "TASK" or "SUITE" or "SUITES" or "GLOBAL"
                ? scope.ToUpperInvariant()
                : throw new VariableSyntaxException(
                    $"Value '{scope}' is not accepted. Valid values are 'LOCAL', 'TEST', 'TASK', 'SUITE', 'SUITES' and 'GLOBAL'.");
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Invalid VAR scope: {error.Message}");
        }
    }

    private void SetIn(string scope, string name, object? value)
    {
        switch (scope)
        {
            case "TEST" or "TASK":
                context.Variables.SetTest(name, value);
                break;
            case "SUITE" or "SUITES":
                context.Variables.SetSuite(name, value, children: scope == "SUITES");
                break;
            case "GLOBAL":
                context.Variables.SetGlobal(name, value);
                break;
            default:
                context.Variables.SetLocal(name, value);
                break;
        }
    }
}
