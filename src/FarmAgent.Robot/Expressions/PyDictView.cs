using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> give: a window on the dictionary.</summary>
internal sealed class PyDictView(string kind, PyDict dict) : IPyObject, IPyIterable
{
    public string TypeName => dict is DotDict ? "odict_" + kind : "dict_" + kind;

    public int Count => dict.Count;

    public bool IsTrue => dict.Count > 0;

    /// <summary>Whether it behaves as a set.</summary>
    public bool IsSet => kind != "values";

    public string Repr() => $"{TypeName}({PyText.Repr(new PyList(Iterate()))})";

    public bool Contains(object? item) => kind == "keys" ? dict.ContainsKey(item) : Iterate().Any(other => PyEquality.AreEqual(item, other));

    public IEnumerable<object?> Iterate() => kind switch
    {
        "keys" => dict.Keys,
        "values" => dict.Values,
        _ => dict.Select(item => (object?)new PyTuple(item.Key, item.Value)),
    };

    public override bool Equals(object? obj) => ReferenceEquals(this, obj)
        || (IsSet && obj is PyDictView { IsSet: true } other && PyEquality.AreEqual(new PySet(Iterate()), new PySet(other.Iterate())))
        || (IsSet && obj is PySet set && PyEquality.AreEqual(new PySet(Iterate()), set));

    public override int GetHashCode() => 11;
}
