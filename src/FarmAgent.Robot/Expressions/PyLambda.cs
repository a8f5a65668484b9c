using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>A function made by <c>lambda</c>. Parameter kinds: space normal, <c>*</c>, <c>k</c> by name only, <c>2</c> for <c>**</c>.</summary>
internal sealed class PyLambda(
    IReadOnlyList<LambdaParameter> parameters, Dictionary<string, object?> defaults, Node body, EvaluationFrame outer) : IPyObject, IPyCallable
{
    public string TypeName => "function";

    public string Repr() => "<function <lambda> at 0x7f0000000000>";

    public object? Call(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named)
    {
        EvaluationBudget.StartCall();
        try
        {
            return Run(arguments, named);
        }
        finally
        {
            EvaluationBudget.EndCall();
        }
    }

    private object? Run(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named)
    {
        var frame = outer.Enter();
        var normal = parameters.Where(parameter => parameter.Kind == ' ').ToList();
        var rest = parameters.FirstOrDefault(parameter => parameter.Kind == '*');
        var free = parameters.FirstOrDefault(parameter => parameter.Kind == '2');
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(arguments.Count, normal.Count); i++)
        {
            frame.Set(normal[i].Name, arguments[i]);
            given.Add(normal[i].Name);
        }

        if (arguments.Count > normal.Count && rest is null)
        {
            throw PyErrorException.TypeError(
                $"<lambda>() takes {Count(normal.Count)} but {arguments.Count} {(arguments.Count == 1 ? "was" : "were")} given");
        }

        if (rest is not null)
        {
            frame.Set(rest.Name, new PyTuple([.. arguments.Skip(normal.Count)]));
        }

        var others = new PyDict();
        foreach (var (name, value) in named)
        {
            if (!parameters.Any(parameter => parameter.Name == name && parameter.Kind is ' ' or 'k'))
            {
                _ = free ?? throw PyErrorException.TypeError($"<lambda>() got an unexpected keyword argument '{name}'");
                others[name] = value;
            }
            else if (!given.Add(name))
            {
                throw PyErrorException.TypeError($"<lambda>() got multiple values for argument '{name}'");
            }
            else
            {
                frame.Set(name, value);
            }
        }

        if (free is not null)
        {
            frame.Set(free.Name, others);
        }

        FillDefaults(frame, given);
        return body.Evaluate(frame);
    }

    private static string Count(int count) => count == 1 ? "1 positional argument" : $"{count} positional arguments";

    private void FillDefaults(EvaluationFrame frame, HashSet<string> given)
    {
        var missing = new List<string>();
        foreach (var parameter in parameters.Where(parameter => parameter.Kind is ' ' or 'k' && !given.Contains(parameter.Name)))
        {
            if (defaults.TryGetValue(parameter.Name, out var value))
            {
                frame.Set(parameter.Name, value);
            }
            else
            {
                missing.Add($"'{parameter.Name}'");
            }
        }

        if (missing.Count > 0)
        {
            var names = missing.Count == 1 ? missing[0]
                : string.Join(", ", missing.SkipLast(1)) + (missing.Count > 2 ? ", and " : " and ") + missing[^1];
            throw PyErrorException.TypeError(
                $"<lambda>() missing {missing.Count} required positional argument{(missing.Count == 1 ? "" : "s")}: {names}");
        }
    }
}
