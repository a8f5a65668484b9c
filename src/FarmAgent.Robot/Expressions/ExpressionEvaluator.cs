using System.Collections.Concurrent;
using System.Text;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Expressions;

/// <summary>Evaluates expressions by walking through their parts.</summary>
internal sealed class ExpressionEvaluator : IExpressionEvaluator
{
    /// <summary>What <c>$name</c> becomes for the parser; not a name that a suite would use.</summary>
    private const string VariablePrefix = "RF_VAR_";

    private const int MaxCachedExpressions = 4096;

    /// <summary>No timeout reaches into an expression, so it may not wait long by itself.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(60);

    private readonly PyModules _modules;
    private readonly ConcurrentDictionary<string, Node> _parsed = new(StringComparer.Ordinal);

    /// <summary>Makes an evaluator.</summary>
    /// <param name="clock">Gives the time to the modules that tell it.</param>
    public ExpressionEvaluator(IRobotClock clock)
    {
        _modules = new PyModules(new PyModuleContext(() => clock.Now, duration =>
        {
            if (duration > TimeSpan.Zero)
            {
                clock.Sleep(duration < LongestSleep ? duration : LongestSleep, CancellationToken.None);
            }
        }));
    }

    public object? Evaluate(
        object? expression, VariableSet variables, string? modules = null, PyDict? names = null, bool resolveVariables = false)
    {
        var original = expression;
        try
        {
            if (expression is not string)
            {
                throw PyErrorException.TypeError($"Expression must be string, got {PyTypeNames.InMessages(expression)}.");
            }

            if (resolveVariables)
            {
                expression = variables.ReplaceScalar((string)expression);
                if (expression is not string)
                {
                    return expression;
                }
            }

            return Run((string)expression, variables, modules, names);
        }
        catch (VariableSyntaxException error)
        {
            throw Failed(expression, error.Message, string.Empty);
        }
        catch (PyErrorException error) when (error.TypeName == "NameError" && error.Message.Contains(VariablePrefix, StringComparison.Ordinal))
        {
            var name = error.Message[(error.Message.IndexOf(VariablePrefix, StringComparison.Ordinal) + VariablePrefix.Length)..];
            name = new string([.. name.TakeWhile(c => char.IsLetterOrDigit(c) || c == '_')]);
            throw Failed(expression, $"Robot Framework variable '${name}' is used in a scope where it cannot be seen.", string.Empty);
        }
        catch (PyErrorException error)
        {
            throw Failed(expression, error.ResultMessage, ResolvedVariablesHint.Create(original as string ?? string.Empty));
        }
    }

    public object? EvaluatePlain(string text, IReadOnlyDictionary<string, object?> names)
    {
        using var budget = EvaluationBudget.Begin();
        return Parse(text).Evaluate(new EvaluationFrame(new PlainNames(names)));
    }

    private static VariableSyntaxException Failed(object? expression, string error, string hint) =>
        new($"Evaluating expression {PyText.Repr(expression)} failed: {error}\n\n{hint}".Trim(PyWhitespace.All));

    private object? Run(string expression, VariableSet variables, string? modules, PyDict? names)
    {
        if (expression.Length == 0)
        {
            throw PyErrorException.ValueError("Expression cannot be empty.");
        }

        using var budget = EvaluationBudget.Begin();
        var source = expression.Contains('$') ? DecorateVariables(expression, variables) : expression;
        var known = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in names ?? [])
        {
            known[PyText.Str(key)] = value;
        }

        foreach (var (name, module) in string.IsNullOrEmpty(modules) ? [] : _modules.Import(modules))
        {
            known[name] = module;
        }

        return Parse(source).Evaluate(new EvaluationFrame(new SuiteNames(variables, known, _modules)));
    }

    private Node Parse(string source)
    {
        if (_parsed.TryGetValue(source, out var node))
        {
            return node;
        }

        node = PyParser.Parse(source);
        if (_parsed.Count >= MaxCachedExpressions)
        {
            _parsed.Clear();
        }

        _parsed[source] = node;
        return node;
    }

    /// <summary>Turns <c>$name</c> outside string literals into a name; it must exist.</summary>
    private static string DecorateVariables(string expression, VariableSet variables)
    {
        var output = new StringBuilder(expression.Length + 16);
        for (var i = 0; i < expression.Length;)
        {
            var c = expression[i];
            if (c is '\'' or '"')
            {
                var end = EndOfLiteral(expression, i);
                output.Append(expression, i, end - i);
                i = end;
                continue;
            }

            if (c == '#')
            {
                var end = expression.IndexOf('\n', i);
                end = end < 0 ? expression.Length : end;
                output.Append(expression, i, end - i);
                i = end;
                continue;
            }

            var nameStart = i + 1;
            while (c == '$' && nameStart < expression.Length && expression[nameStart] is ' ' or '\t')
            {
                nameStart++;
            }

            if (c == '$' && nameStart < expression.Length && (char.IsLetter(expression[nameStart]) || expression[nameStart] == '_'))
            {
                var end = nameStart;
                while (end < expression.Length && (char.IsLetterOrDigit(expression[end]) || expression[end] == '_'))
                {
                    end++;
                }

                var name = expression[nameStart..end];
                if (!variables.Contains(name))
                {
                    throw VariableNotFound.Create($"${name}", variables.Store.Raw, hasBraces: false);
                }

                output.Append(i > 0 && (char.IsLetterOrDigit(expression[i - 1]) || expression[i - 1] == '_') ? " " : string.Empty);
                output.Append(VariablePrefix).Append(name);
                i = end;
                continue;
            }

            output.Append(c);
            i++;
        }

        return output.ToString();
    }

    private static int EndOfLiteral(string text, int start)
    {
        var quote = text[start];
        var isTriple = text.AsSpan(start).StartsWith([quote, quote, quote]);
        for (var i = start + (isTriple ? 3 : 1); i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '\n' && !isTriple)
            {
                break;
            }
            else if (text[i] == quote && (!isTriple || text.AsSpan(i).StartsWith([quote, quote, quote])))
            {
                return i + (isTriple ? 3 : 1);
            }
        }

        // Not closed: only the quote is taken, the parser reports it.
        return start + 1;
    }

    private sealed class PlainNames(IReadOnlyDictionary<string, object?> names) : INameSource
    {
        public object? Lookup(string name) => names.TryGetValue(name, out var value) || PyBuiltins.TryGet(name, out value)
            ? value
            : throw EvaluationFrame.NotDefined(name);

        public object? LookupFromInside(string name) => Lookup(name);

        public void Assign(string name, object? value) => throw EvaluationFrame.NotDefined(name);
    }

    private sealed class SuiteNames(VariableSet variables, Dictionary<string, object?> known, PyModules modules) : INameSource
    {
        public object? Lookup(string name)
        {
            if (name.StartsWith(VariablePrefix, StringComparison.Ordinal))
            {
                var variable = name[VariablePrefix.Length..];
                return variables.Store.TryGet(variable, out var found)
                    ? found
                    : throw VariableNotFound.Create($"${{{variable}}}", variables.Store.Raw);
            }

            if (known.TryGetValue(name, out var value) || PyBuiltins.TryGet(name, out value))
            {
                return value;
            }

            return modules.Find(name) ?? throw new PyErrorException("NameError", $"name '{name}' is not defined nor importable as module");
        }

        public object? LookupFromInside(string name) => known.TryGetValue(name, out var value) || PyBuiltins.TryGet(name, out value)
            ? value
            : throw EvaluationFrame.NotDefined(name);

        public void Assign(string name, object? value) => known[name] = value;
    }
}
