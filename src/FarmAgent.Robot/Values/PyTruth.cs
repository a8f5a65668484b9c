using System.Numerics;

namespace FarmAgent.Robot.Values;

/// <summary>Python's truth value of anything.</summary>
public static class PyTruth
{
    /// <summary>Whether a value counts as true: not None, not zero, not empty.</summary>
    /// <param name="value">Any value.</param>
    public static bool Of(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        long number => number != 0,
        BigInteger number => !number.IsZero,
        double number => number != 0,
        byte[] bytes => bytes.Length > 0,
        PyByteArray bytes => bytes.Content.Count > 0,
        PyList list => list.Count > 0,
        PyTuple tuple => tuple.Count > 0,
        PyDict dict => dict.Count > 0,
        PySet set => set.Count > 0,
        PyRange range => range.Length > 0,
        IPyObject other => other.IsTrue,
        _ => true,
    };
}
