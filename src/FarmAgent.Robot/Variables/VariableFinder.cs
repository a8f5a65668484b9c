using System.Collections;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>Finds the value of a variable: stored, number, EMPTY, inline expression, environment, extended syntax.</summary>
internal sealed class VariableFinder(VariableSet variables)
{
    private const string BaseName = "_BASE_VAR_";

    /// <summary>The value of a variable without its items.</summary>
    /// <exception cref="VariableSyntaxException">There is none.</exception>
    public object? Find(VariableMatch match)
    {
        if (match.Identifier == '%')
        {
            return FindEnvironment(match);
        }

        if (variables.Store.TryGet(match.Base, out var value)
            || (match.Identifier == '$' && TryNumber(match.Base, out value))
            || TryEmpty(match, out value)
            || TryInline(match, out value)
            || TryExtended(match, out value))
        {
            return value;
        }

        throw VariableNotFound.Create(match.Name, variables.Store.Raw);
    }

    private static bool TryNumber(string text, out object? value)
    {
        var number = NormalizedNames.Normalize(text);
        var numberBase = number.Length > 1 && number[0] == '0'
            ? number[1] switch { 'b' => 2, 'o' => 8, 'x' => 16, _ => 10 }
            : 10;
        if (PyNumberParser.TryInteger(numberBase == 10 ? number : number[2..], numberBase, out value))
        {
            return true;
        }

        var isFound = PyNumberParser.TryFloat(number, out var real);
        value = real;
        return isFound;
    }

    private static bool TryEmpty(VariableMatch match, out object? value)
    {
        value = null;
        if (NormalizedNames.Normalize(match.Base, "_") != "empty")
        {
            return false;
        }

        value = match.Identifier switch
        {
            '@' => PyTuple.Empty,
            '&' => new PyDict(),
            _ => string.Empty,
        };
        return true;
    }

    private static object FindEnvironment(VariableMatch match)
    {
        var mark = match.Base.IndexOf('=', StringComparison.Ordinal);
        var name = mark < 0 ? match.Base : match.Base[..mark];
        if (name.Length > 0 && Environment.GetEnvironmentVariable(name) is { } value)
        {
            return value;
        }

        return mark < 0
            ? throw VariableNotFound.CreateForEnvironment(
                match.Name, Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(item => (string)item.Key))
            : match.Base[(mark + 1)..];
    }

    private bool TryInline(VariableMatch match, out object? value)
    {
        value = null;
        if (match.Base.Length < 1 || match.Base[0] != '{' || match.Base[^1] != '}')
        {
            return false;
        }

        try
        {
            var text = match.Base.Length < 2 ? string.Empty : match.Base[1..^1].Trim(PyWhitespace.All);
            value = variables.Evaluator.Evaluate(text, variables);
            return true;
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Resolving variable '{match.Name}' failed: {error.Message}");
        }
    }

    /// <summary>The shortest name, then the rest from the first character that cannot be in one, as an expression on the value.</summary>
    private bool TryExtended(VariableMatch match, out object? value)
    {
        value = null;
        var split = -1;
        for (var i = 1; i < match.Base.Length - 1 && split < 0; i++)
        {
            // The base name is on one line and something follows the first character of the expression.
            if (match.Base[i - 1] == '\n')
            {
                return false;
            }

            split = IsWordOrSpace(match.Base[i]) || match.Base[i + 1] == '\n' ? -1 : i;
        }

        if (split < 0)
        {
            return false;
        }

        object? baseValue;
        try
        {
            baseValue = Find(match.AsScalar(match.Base[..split]));
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Resolving variable '{match.Name}' failed: {error.Message}");
        }

        try
        {
            value = variables.Evaluator.EvaluatePlain(
                BaseName + match.Base[split..], new Dictionary<string, object?> { [BaseName] = baseValue });
            return true;
        }
        catch (PyErrorException error)
        {
            throw new VariableSyntaxException($"Resolving variable '{match.Name}' failed: {error.ResultMessage}");
        }
    }

    private static bool IsWordOrSpace(char c) => char.IsLetterOrDigit(c) || c == '_' || PyWhitespace.Contains(c) || char.IsSurrogate(c);
}
