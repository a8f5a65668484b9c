using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The arguments of one call of a built-in function, read by position or name.</summary>
internal sealed class CallArguments(string function, IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?> named)
{
    public string Function { get; } = function;

    public IReadOnlyList<object?> Positional { get; } = positional;

    public IReadOnlyDictionary<string, object?> Named { get; } = named;

    public int Count => Positional.Count + Named.Count;

    public object? this[int index] => Positional[index];

    /// <summary>Checks the number of arguments.</summary>
    public CallArguments Expect(int minimum, int maximum)
    {
        if (Count >= minimum && Count <= maximum)
        {
            return this;
        }

        var shortName = Function[(Function.LastIndexOf('.') + 1)..];
        throw PyErrorException.TypeError((minimum, maximum) switch
        {
            (0, 0) => $"{Function}() takes no arguments ({Count} given)",
            (1, 1) => $"{Function}() takes exactly one argument ({Count} given)",
            _ when minimum == maximum => $"{shortName} expected {minimum} arguments, got {Count}",
            _ when Count < minimum => $"{shortName} expected at least {minimum} argument{(minimum == 1 ? "" : "s")}, got {Count}",
            _ => $"{shortName} expected at most {maximum} argument{(maximum == 1 ? "" : "s")}, got {Count}",
        });
    }

    /// <summary>No names are taken.</summary>
    public CallArguments NoNames() => Named.Count == 0
        ? this
        : throw PyErrorException.TypeError($"{Function}() takes no keyword arguments");

    public bool Has(int index, string name) => Positional.Count > index || Named.ContainsKey(name);

    public object? Get(int index, string name, object? fallback = null) => Positional.Count > index
        ? Positional[index]
        : Named.TryGetValue(name, out var value) ? value : fallback;

    public int Integer(int index, string name, int fallback)
    {
        if (!Has(index, name))
        {
            return fallback;
        }

        var number = BigInteger(Get(index, name));
        return (int)System.Numerics.BigInteger.Max(int.MinValue, System.Numerics.BigInteger.Min(int.MaxValue, number));
    }

    public string Text(int index, string name) => Get(index, name) as string
        ?? throw PyErrorException.TypeError(
            $"{Function[(Function.LastIndexOf('.') + 1)..]}() argument {index + 1} must be str, not {PyTypeNames.Of(Get(index, name))}");

    public static BigInteger BigInteger(object? value) => PyNumbers.TryGetInteger(value, out var number)
        ? number
        : throw PyErrorException.TypeError($"'{PyTypeNames.Of(value)}' object cannot be interpreted as an integer");
}
