using System.Text.Json;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>An object that lives in the Python process; whatever it is asked is asked there.</summary>
/// <param name="host">The process.</param>
/// <param name="number">Its number there.</param>
/// <param name="typeName">Name of its type.</param>
internal class PythonObject(PythonHost host, long number, string typeName) : IPyObject
{
    /// <summary>The process it lives in.</summary>
    public PythonHost Host { get; } = host;

    /// <summary>Its number there.</summary>
    public long Number { get; } = number;

    public string TypeName { get; } = typeName;

    public bool IsTrue => Ask("true") is true;

    public static PythonObject Create(PythonHost host, JsonElement json)
    {
        var (number, type) = (json.GetProperty("o").GetInt64(), json.GetProperty("c").GetString()!);
        return json.GetProperty("can").GetString()! switch
        {
            "" => new PythonObject(host, number, type),
            "c" => new PythonCallable(host, number, type),
            "g" or "ig" or "i" => new PythonContainer(host, number, type),
            _ => new PythonCallableContainer(host, number, type),
        };
    }

    /// <summary>How many items it has; <see langword="null"/> when it has no such number.</summary>
    public int? TryCount()
    {
        try
        {
            return Ask("len") is long count ? (int)count : null;
        }
        catch (PyErrorException error) when (error.TypeName == "TypeError")
        {
            return null;
        }
    }

    public string Repr() => (string)Ask("repr")!;

    public string Str() => (string)Ask("str")!;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        try
        {
            value = Ask("get", name);
            return true;
        }
        catch (PyErrorException error) when (error.TypeName == "AttributeError")
        {
            return false;
        }
    }

    public bool TrySetAttribute(string name, object? value)
    {
        Ask("set", name, value);
        return true;
    }

    public override bool Equals(object? obj) => obj is PythonObject other ? other.Number == Number || Ask("equal", other) is true : Ask("equal", obj) is true;

    public override int GetHashCode() => Ask("hash") is long hash ? hash.GetHashCode() : 0;

    protected object? Ask(string what, params IReadOnlyList<object?> arguments) => Host.AskObject(Number, what, arguments, []);
}

/// <summary>One that can be called.</summary>
internal sealed class PythonCallable(PythonHost host, long number, string typeName) : PythonObject(host, number, typeName), IPyCallable
{
    public object? Call(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named) => Host.AskObject(Number, "call", arguments, named);
}

/// <summary>One with items.</summary>
internal sealed class PythonContainer(PythonHost host, long number, string typeName)
    : PythonObject(host, number, typeName), IPyIterable, IPyIndexable, IPyItemAssignable
{
    public int Count => Ask("len") is long count ? (int)count : 0;

    public IEnumerable<object?> Iterate() => (PyList)Ask("items")!;

    public object? GetItem(object? key) => Ask("item", key);

    public void SetItem(object? key, object? value) => Ask("setitem", key, value);
}

/// <summary>One with items that can be called, such as a type that is an enumeration.</summary>
internal sealed class PythonCallableContainer(PythonHost host, long number, string typeName)
    : PythonObject(host, number, typeName), IPyIterable, IPyIndexable, IPyCallable
{
    public int Count => Ask("len") is long count ? (int)count : 0;

    public IEnumerable<object?> Iterate() => (PyList)Ask("items")!;

    public object? GetItem(object? key) => Ask("item", key);

    public object? Call(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named) => Host.AskObject(Number, "call", arguments, named);
}
