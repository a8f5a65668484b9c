using FarmAgent.Robot.Expressions;

namespace FarmAgent.Robot.Variables;

/// <summary>The variables of one scope, with everything needed to replace them in text.</summary>
internal sealed class VariableSet
{
    public VariableSet(IExpressionEvaluator evaluator, Action<string>? warn = null)
    {
        (Evaluator, Warn) = (evaluator, warn ?? (_ => { }));
        Store = new VariableStore(this);
        Replacer = new VariableReplacer(this);
    }

    private VariableSet(VariableSet source)
    {
        (Evaluator, Warn) = (source.Evaluator, source.Warn);
        Store = new VariableStore(this, source.Store);
        Replacer = new VariableReplacer(this);
    }

    public IExpressionEvaluator Evaluator { get; }

    /// <summary>Takes warnings about reserved syntax.</summary>
    public Action<string> Warn { get; }

    public VariableStore Store { get; }

    public VariableReplacer Replacer { get; }

    /// <summary>Reads and writes by decorated name, <c>${x}</c>.</summary>
    /// <exception cref="VariableSyntaxException">Missing when read; bad name or kind of value when written.</exception>
    public object? this[string name]
    {
        get
        {
            var undecorated = Store.Undecorate(name);
            return Store.TryGet(undecorated, out var value)
                ? value
                : throw VariableNotFound.Create($"${{{undecorated}}}", Store.Raw);
        }
        set => Store.AddDecorated(name, value);
    }

    /// <summary>Whether a stored variable has the undecorated name.</summary>
    public bool Contains(string name) => Store.Contains(name);

    /// <summary>A copy that changes independently; values are shared.</summary>
    public VariableSet Copy() => new(this);

    /// <inheritdoc cref="VariableReplacer.ReplaceScalar(string, bool)"/>
    public object? ReplaceScalar(string text, bool ignoreErrors = false) => Replacer.ReplaceScalar(text, ignoreErrors);

    /// <inheritdoc cref="VariableReplacer.ReplaceString(string, bool)"/>
    public string ReplaceString(string text, bool ignoreErrors = false) => Replacer.ReplaceString(text, ignoreErrors);

    /// <inheritdoc cref="VariableReplacer.ReplaceList(IEnumerable{object?}, int?, bool)"/>
    public List<object?> ReplaceList(IEnumerable<object?> items, int? replaceUntil = null, bool ignoreErrors = false) =>
        Replacer.ReplaceList(items, replaceUntil, ignoreErrors);
}
