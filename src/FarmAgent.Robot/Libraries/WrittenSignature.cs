using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>Arguments that a library gives as a list: texts such as <c>name=default</c> and <c>*rest</c>, or pairs of a name and a default.</summary>
internal static class WrittenSignature
{
    /// <exception cref="VariableSyntaxException">The list is no specification.</exception>
    public static List<ParameterSpec> Read(IEnumerable<object?> items)
    {
        var parameters = new List<ParameterSpec>();
        var kind = ParameterKind.PositionalOrNamed;
        foreach (var (name, hasDefault, value) in items.Select(Split))
        {
            if (parameters is [.., { Kind: ParameterKind.VarNamed }])
            {
                throw Fail("Only last argument can be kwargs.");
            }

            switch (name)
            {
                case "/":
                    CheckSeparator(parameters, kind);
                    parameters = parameters.ConvertAll(parameter => parameter with { Kind = ParameterKind.PositionalOnly });
                    break;
                case "*":
                    kind = kind == ParameterKind.NamedOnly ? throw Fail("Cannot have multiple varargs.") : ParameterKind.NamedOnly;
                    break;
                case ['*', '*', .. var free] when !hasDefault:
                    parameters.Add(new ParameterSpec(free, ParameterKind.VarNamed));
                    break;
                case ['*', .. var rest] when !hasDefault:
                    parameters.Add(new ParameterSpec(rest, ParameterKind.VarPositional));
                    kind = kind == ParameterKind.NamedOnly ? throw Fail("Cannot have multiple varargs.") : ParameterKind.NamedOnly;
                    break;
                default:
                    if (!hasDefault && kind == ParameterKind.PositionalOrNamed && parameters.Exists(parameter => parameter.HasDefault))
                    {
                        throw Fail("Non-default argument after default arguments.");
                    }

                    parameters.Add(new ParameterSpec(name, kind, HasDefault: hasDefault, Default: value));
                    break;
            }
        }

        return parameters;
    }

    private static void CheckSeparator(List<ParameterSpec> parameters, ParameterKind kind)
    {
        if (parameters.Exists(parameter => parameter.Kind == ParameterKind.PositionalOnly))
        {
            throw Fail("Too many positional-only separators.");
        }

        if (kind == ParameterKind.NamedOnly)
        {
            throw Fail("Positional-only separator must be before named-only arguments.");
        }
    }

    private static (string Name, bool HasDefault, object? Value) Split(object? item)
    {
        if (item is PyList or PyTuple && PyIteration.Items(item).ToList() is { } pair)
        {
            return pair is [string name] ? (name, false, null)
                : pair is [string named, var value] && !named.StartsWith('*') ? (named, true, value)
                : throw Fail($"Invalid argument \"{PyText.Repr(new PyTuple([.. pair]))}\".");
        }

        var text = PyText.Str(item);
        var split = text.IndexOf('=', StringComparison.Ordinal);
        return split < 0 ? (text, false, null) : (text[..split], true, text[(split + 1)..]);
    }

    private static VariableSyntaxException Fail(string problem) => new($"Invalid argument specification: {problem}");
}
