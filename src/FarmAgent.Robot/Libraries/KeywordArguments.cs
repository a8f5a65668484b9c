namespace FarmAgent.Robot.Libraries;

/// <summary>Arguments of one call, after variable replacement, validation, conversion and defaults.</summary>
public sealed class KeywordArguments
{
    private readonly ArgumentSpec _spec;
    private readonly object?[] _values;

    // One value for each parameter of the specification, in its order.
    internal KeywordArguments(
        ArgumentSpec spec,
        object?[] values,
        IReadOnlyList<object?> varargs,
        IReadOnlyList<KeyValuePair<string, object?>> free,
        ResolvedArguments given)
    {
        Given = given;
        _spec = spec;
        _values = values;
        Varargs = varargs;
        Free = free;
    }

    /// <summary>The arguments that were given, in order, without defaults.</summary>
    internal ResolvedArguments Given { get; }

    /// <summary>Remaining positional arguments.</summary>
    public IReadOnlyList<object?> Varargs { get; }

    /// <summary>Remaining named arguments in order.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Free { get; }

    /// <summary>Value of an argument of the signature, its default if it was not given.</summary>
    /// <param name="name">Name in the signature.</param>
    public object? this[string name] => _values[_spec.IndexOf(name)];

    /// <summary>Value of an argument that is declared as <c>str</c>.</summary>
    /// <param name="name">Name in the signature.</param>
    public string Text(string name) => (string)this[name]!;

    /// <summary>Value of an argument that is declared as <c>str | None</c>.</summary>
    /// <param name="name">Name in the signature.</param>
    public string? OptionalText(string name) => (string?)this[name];

    /// <summary>Value of an argument that is declared as <c>int</c>.</summary>
    /// <param name="name">Name in the signature.</param>
    /// <exception cref="KeywordFailedException">The value does not fit 64 bits.</exception>
    public long Integer(string name) => this[name] switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        var other => throw new KeywordFailedException($"Argument '{name}' got value '{other}' that does not fit 64 bits.", "OverflowError"),
    };
}
