using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Copies of containers together with the containers inside them.</summary>
internal static class DeepCopies
{
    public static object? Of(object? value) => value switch
    {
        PyList list => new PyList(list.Select(Of)),
        PyTuple tuple => new PyTuple([.. tuple.Select(Of)]),
        DotDict dict => new DotDict(Pairs(dict)),
        PyDict dict => new PyDict(Pairs(dict)),
        PySet set => new PySet(set, set.IsFrozen),
        PyByteArray array => new PyByteArray(array.Content),
        _ => value,
    };

    private static IEnumerable<KeyValuePair<object?, object?>> Pairs(PyDict dict) =>
        dict.Select(item => new KeyValuePair<object?, object?>(Of(item.Key), Of(item.Value)));
}
