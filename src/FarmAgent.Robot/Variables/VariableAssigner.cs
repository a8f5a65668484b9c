using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>Sets variables in a scope from a return value: plain ones, items and attributes.</summary>
internal sealed class VariableAssigner(VariableSet variables, IVariableTypeConverter converter, Action<string> log, int? maxLength = 200)
{
    /// <summary>Sets all variables of an assignment and logs each.</summary>
    /// <exception cref="VariableSyntaxException">A value does not fit.</exception>
    public void Assign(VariableAssignment assignment, object? returnValue)
    {
        foreach (var (name, items, value) in assignment.Resolve(returnValue, converter))
        {
            object? assigned;
            if (items.Count > 0)
            {
                AssignItem(name, items, value);
                assigned = value;
            }
            else
            {
                assigned = TryAssignAttribute(name, value) ? value : AssignVariable(name, value);
            }

            log(AssignMessages.Format(name, assigned, items, maxLength));
        }
    }

    private object? AssignVariable(string name, object? value)
    {
        try
        {
            variables[name] = value;
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Setting variable '{name}' failed: {error.Message}");
        }

        return name[0] == '$' ? value : variables[name];
    }

    private bool TryAssignAttribute(string name, object? value)
    {
        var point = name.LastIndexOf('.');
        if (point < 0 || variables.Contains(name[2..^1]))
        {
            return false;
        }

        var attribute = name[(point + 1)..^1].Trim(PyWhitespace.All);
        object? target;
        try
        {
            target = variables.ReplaceScalar($"${{{name[2..point].Trim(PyWhitespace.All)}}}");
        }
        catch (VariableSyntaxException)
        {
            return false;
        }

        if (target is string or bool or long or double or System.Numerics.BigInteger || !IsIdentifier(attribute))
        {
            return false;
        }

        try
        {
            var stored = Suit(name[0], value);
            if (target is DotDict dict)
            {
                dict[attribute] = stored;
                return true;
            }

            return target is IPyObject other && other.TrySetAttribute(attribute, stored) ? true : throw PyErrorException.NoAttribute(target, attribute);
        }
        catch (Libraries.KeywordFailedException error)
        {
            throw new VariableSyntaxException($"Setting '{name}' failed: {error.ResultMessage}");
        }
    }

    private void AssignItem(string name, IReadOnlyList<string> items, object? value)
    {
        var nested = string.Concat(items.SkipLast(1).Select(item => $"[{item}]"));
        var item = items[^1];
        var target = variables.ReplaceScalar($"${name[1..]}{nested}");
        if (target is not (PyList or PyDict or PyByteArray or IPyItemAssignable))
        {
            throw new VariableSyntaxException(
                $"Variable '{name}{nested}' is {PyTypeNames.InMessages(target)} and does not support item assignment.");
        }

        var selector = variables.ReplaceScalar(item);
        if (target is not PyDict)
        {
            selector = SequenceIndex.Parse(selector) ?? selector;
        }

        try
        {
            PySubscript.Set(target, selector, Suit(name[0], value));
        }
        catch (Libraries.KeywordFailedException error)
        {
            throw new VariableSyntaxException(
                $"Setting value to {PyTypeNames.InMessages(target)} variable '{name}{nested}' at index [{item}] failed: {error.ResultMessage}");
        }
    }

    private static object? Suit(char identifier, object? value) => identifier switch
    {
        '@' => VariableStore.ToList(value),
        '&' => VariableStore.ToDictionary(value),
        _ => value,
    };

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_');
}
