using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Building;

/// <summary>Makes calls of a template keyword from the rows of a test.</summary>
internal static class Templates
{
    public static void Apply(IEnumerable<Step> body, string template)
    {
        foreach (var step in body)
        {
            switch (step)
            {
                case ForLoop or GroupStep:
                    Apply(((BlockStep)step).Body, template);
                    break;
                case IfStep structure:
                    structure.Branches.ForEach(branch => Apply(branch.Body, template));
                    break;
                case KeywordCall call:
                    (call.Name, call.Arguments) = Format(template, call.Arguments);
                    break;
            }
        }
    }

    // As many variables in the name as there are cells: the cells take their places.
    private static (string Name, IReadOnlyList<string> Arguments) Format(string template, IReadOnlyList<string> cells)
    {
        var matches = VariableMatch.SearchAll(template, "$", ignoreErrors: true).ToList();
        if (matches.Count == 0 || matches.Count != cells.Count)
        {
            return (template, cells);
        }

        var name = string.Concat(matches.Zip(cells, (match, cell) => match.Before + cell));
        return (name + matches[^1].After, []);
    }
}
