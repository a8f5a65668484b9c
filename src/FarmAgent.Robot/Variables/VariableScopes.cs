using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Variables;

/// <summary>
/// Global, suite, test and keyword variables. Each scope is a copy of the one above it at its start; setting in a wider scope also sets in
/// all narrower ones that are open.
/// </summary>
internal sealed class VariableScopes
{
    private readonly List<VariableSet> _scopes = [];
    private readonly Stack<NormalizedDictionary<(bool IsSet, object? Value)>> _suiteLocals = new();
    private readonly ScopedVariables _scoped = new();
    private VariableSet? _suite;
    private VariableSet? _test;

    public VariableScopes(IExpressionEvaluator evaluator, Action<string>? warn = null)
    {
        Global = new VariableSet(evaluator, warn);
        _scopes.Add(Global);
    }

    public VariableSet Global { get; }

    /// <summary>The scope of the code that runs now.</summary>
    public VariableSet Current => _scopes[^1];

    /// <summary>The scope of the running suite, if any.</summary>
    public VariableSet? Suite => _suite;

    /// <summary>Reads and writes in the current scope by decorated name.</summary>
    public object? this[string name]
    {
        get => Current[name];
        set => Current[name] = value;
    }

    /// <summary>Sets a variable that any later definition replaces.</summary>
    public void SetBuiltIn(string name, object? value) => Global.Store.AddDecorated(name, new BuiltInValue(value));

    public void StartSuite()
    {
        _suite = Global.Copy();
        _scopes.Add(_suite);
        _suiteLocals.Push(new NormalizedDictionary<(bool, object?)>("_"));
        _scoped.StartSuite();
        _scoped.Update(_suite);
    }

    public void EndSuite()
    {
        _scopes.RemoveAt(_scopes.Count - 1);
        _suiteLocals.Pop();
        _suite = _scopes.Count > 1 ? Current : null;
        _scoped.EndSuite();
    }

    public void StartTest()
    {
        _test = CopyOfSuite(withLocals: true);
        _scopes.Add(_test);
        _scoped.StartTest();
    }

    public void EndTest()
    {
        _scopes.RemoveAt(_scopes.Count - 1);
        _test = null;
        _scoped.EndTest();
    }

    public void StartKeyword()
    {
        var keyword = CopyOfSuite(withLocals: _test is not null);
        _scoped.StartKeyword();
        _scoped.Update(keyword);
        _scopes.Add(keyword);
    }

    public void EndKeyword()
    {
        _scopes.RemoveAt(_scopes.Count - 1);
        _scoped.EndKeyword();
    }

    /// <inheritdoc cref="VariableReplacer.ReplaceScalar(string, bool)"/>
    public object? ReplaceScalar(string text, bool ignoreErrors = false) => Current.ReplaceScalar(text, ignoreErrors);

    /// <inheritdoc cref="VariableReplacer.ReplaceString(string, bool)"/>
    public string ReplaceString(string text, bool ignoreErrors = false) => Current.ReplaceString(text, ignoreErrors);

    /// <inheritdoc cref="VariableReplacer.ReplaceList(IEnumerable{object?}, int?, bool)"/>
    public List<object?> ReplaceList(IEnumerable<object?> items, int? replaceUntil = null, bool ignoreErrors = false) =>
        Current.ReplaceList(items, replaceUntil, ignoreErrors);

    /// <summary>Adds the definitions of a variable section to the suite and everything inside it.</summary>
    public void SetFromSection(IEnumerable<VariableDefinition> definitions, bool overwrite = false)
    {
        foreach (var definition in definitions)
        {
            try
            {
                var resolver = VariableResolver.Create(definition);
                foreach (var scope in ScopesUntil(_suite))
                {
                    scope.Store.AddDecorated(resolver.Name, resolver, overwrite);
                }
            }
            catch (KeywordFailedException error)
            {
                definition.ReportError(error.ResultMessage);
            }
        }
    }

    /// <summary>Adds the values of a variable file to the suite and everything inside it.</summary>
    public void SetFromFile(IEnumerable<KeyValuePair<string, object?>> values, bool overwrite = false)
    {
        foreach (var scope in ScopesUntil(_suite))
        {
            foreach (var (name, value) in values)
            {
                scope.Store.Add(name, value, overwrite);
            }
        }
    }

    public void ResolveDelayed()
    {
        foreach (var scope in ScopesUntil(_suite))
        {
            scope.Store.ResolveDelayed();
        }
    }

    public void SetGlobal(string name, object? value)
    {
        (name, value) = SetInAll(ScopesUntil(null), name, value);
        _scoped.SetGlobal(name);
    }

    /// <summary>Sets a suite variable.</summary>
    /// <param name="name">Decorated name.</param>
    /// <param name="value">The value.</param>
    /// <param name="top">Whether to set it in the topmost suite only.</param>
    /// <param name="children">Whether child suites started later see it, too.</param>
    public void SetSuite(string name, object? value, bool top = false, bool children = false)
    {
        if (top)
        {
            _scopes[1][name] = value;
            return;
        }

        (name, value) = SetInAll(ScopesUntil(_suite), name, value);
        _scoped.SetSuite(name, value, children);
        _suiteLocals.Peek().Remove(name);
    }

    /// <summary>Sets a test variable; outside a test it is set for every test of the suite.</summary>
    public void SetTest(string name, object? value)
    {
        if (_test is not null)
        {
            (name, value) = SetInAll(ScopesUntil(_test), name, value);
            _scoped.SetTest(name, value);
            return;
        }

        var isSet = _suite!.Store.TryGet(_suite.Store.Undecorate(name), out var previous);
        SetSuite(name, value);
        _suiteLocals.Peek()[name] = (isSet && previous is not null, previous);
    }

    /// <summary>Sets for the current keyword and those it calls.</summary>
    public void SetKeyword(string name, object? value)
    {
        Current[name] = value;
        _scoped.SetKeyword(name, value);
    }

    public void SetLocal(string name, object? value) => Current[name] = value;

    private static (string Name, object? Value) SetInAll(IEnumerable<VariableSet> scopes, string name, object? value)
    {
        foreach (var scope in scopes)
        {
            scope[name] = value;

            // One list or dictionary object for all scopes.
            if (name[0] != '$')
            {
                name = "$" + name[1..];
                value = scope[name];
            }
        }

        return (name, value);
    }

    /// <summary>The open scopes from the narrowest to the given one; all for null.</summary>
    private IEnumerable<VariableSet> ScopesUntil(VariableSet? last)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            yield return _scopes[i];
            if (last is not null && ReferenceEquals(_scopes[i], last))
            {
                yield break;
            }
        }
    }

    private VariableSet CopyOfSuite(bool withLocals)
    {
        var copy = _suite!.Copy();
        if (!withLocals)
        {
            return copy;
        }

        foreach (var (name, (isSet, value)) in _suiteLocals.Peek().Items)
        {
            if (isSet)
            {
                copy[name] = value;
            }
            else
            {
                copy.Store.Remove(name);
            }
        }

        return copy;
    }
}
