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

    /// <summary>Errors of assignment cells, each once.</summary>
    public static IReadOnlyList<string> CheckAssign(IReadOnlyList<string> cells, out IReadOnlyList<string> names)
    {
        var errors = new List<string>();
        var clean = new List<string>();
        var (mark, list, dict, any) = (false, false, false, false);
        foreach (var cell in cells)
        {
            if (mark)
            {
                errors.Add("Assign mark '=' can be used only with the last variable.");
            }

            var name = cell.EndsWith('=') ? cell[..^1].TrimEnd() : cell;
            mark |= cell.EndsWith('=');
            clean.Add(name);
            if (name[0] == '@' && list)
            {
                errors.Add("Assignment can contain only one list variable.");
            }

            if (dict || (name[0] == '&' && any))
            {
                errors.Add("Dictionary variable cannot be assigned with other variables.");
            }

            list |= name[0] == '@';
            dict |= name[0] == '&';
            any = true;
        }

        names = clean;
        return [.. errors.Distinct()];
    }
}
