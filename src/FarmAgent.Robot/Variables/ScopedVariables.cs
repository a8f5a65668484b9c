namespace FarmAgent.Robot.Variables;

/// <summary>Variables set by scoped setters, which keywords see although they start from the suite's variables.</summary>
internal sealed class ScopedVariables
{
    private readonly List<NormalizedDictionary<object?>> _scopes = [];
    private NormalizedDictionary<object?>? _suite;
    private NormalizedDictionary<object?>? _test;

    public void StartSuite()
    {
        _suite = _scopes.Count == 0 ? new NormalizedDictionary<object?>("_") : _scopes[^1].Copy();
        _scopes.Add(_suite);
    }

    public void EndSuite()
    {
        _scopes.RemoveAt(_scopes.Count - 1);
        _suite = _scopes.Count > 0 ? _scopes[^1] : null;
    }

    public void StartTest()
    {
        _test = _scopes[^1].Copy();
        _scopes.Add(_test);
    }

    public void EndTest()
    {
        _test = null;
        _scopes.RemoveAt(_scopes.Count - 1);
    }

    public void StartKeyword() => _scopes.Add(_scopes[^1].Copy());

    public void EndKeyword() => _scopes.RemoveAt(_scopes.Count - 1);

    /// <summary>A global variable hides no longer behind a narrower one.</summary>
    public void SetGlobal(string name) => _scopes.ForEach(scope => scope.Remove(name));

    public void SetSuite(string name, object? value, bool children)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            if (children)
            {
                _scopes[i][name] = value;
            }
            else
            {
                _scopes[i].Remove(name);
            }

            if (ReferenceEquals(_scopes[i], _suite))
            {
                break;
            }
        }
    }

    public void SetTest(string name, object? value)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            _scopes[i][name] = value;
            if (ReferenceEquals(_scopes[i], _test))
            {
                break;
            }
        }
    }

    public void SetKeyword(string name, object? value) => _scopes[^1][name] = value;

    public void Update(VariableSet variables)
    {
        foreach (var (name, value) in _scopes[^1].Items)
        {
            variables[name] = value;
        }
    }
}
