using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Parsing;

/// <summary>Checks of what takes a value: variable rows, VAR, assignments.</summary>
internal static class VariableChecks
{
    /// <summary>Errors of a variable row or VAR.</summary>
    public static IReadOnlyList<string> Check(string name, IReadOnlyList<string> values)
    {
        var match = VariableMatch.Search(name, parseType: true, ignoreErrors: true);
        if (!match.IsAssign(mark: true, nested: true))
        {
            return [$"Invalid variable name '{name}'."];
        }

        if (name.EndsWith('='))
        {
            match = VariableMatch.Search(name[..^1].TrimEnd(), parseType: true, ignoreErrors: true);
        }

        var errors = new List<string>();
        if (match.Identifier == '&')
        {
            errors.AddRange(values.Where(value => !IsDictItem(value)).Select(DictItemError));
        }

        if (TypeInfo.TryParseVariable(match, out _, out var error))
        {
            return errors;
        }

        errors.Add($"Invalid variable '{name}': {error}");
        return errors;
    }

    public static string DictItemError(string item) =>
        $"Invalid dictionary variable item '{item}'. Items must use 'name=value' syntax or be dictionary variables themselves.";

    public static bool IsDictItem(string item) =>
        EqualsSplitter.Split(item).Value is not null || VariableMatch.Search(item, ignoreErrors: true).Is('&');

    /// <summary>Errors of assignment cells: of their form, then of their types.</summary>
    public static IReadOnlyList<string> CheckAssign(IReadOnlyList<string> cells)
    {
        var assignment = new VariableAssignment(cells);
        var errors = assignment.Errors.ToList();
        foreach (var name in assignment.Names)
        {
            if (!TypeInfo.TryParseVariable(VariableMatch.Search(name, parseType: true, ignoreErrors: true), out _, out var error))
            {
                errors.Add($"Invalid variable '{name}': {error}");
            }
        }

        return errors;
    }
}
