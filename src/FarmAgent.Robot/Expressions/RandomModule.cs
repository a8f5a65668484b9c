using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The module <c>random</c>; its sequence is not that of Python.</summary>
internal static class RandomModule
{
    public static Dictionary<string, object?> Create()
    {
        var random = new Random();
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["random"] = new PyFunction("random", _ => random.NextDouble()),
            ["uniform"] = new PyFunction("uniform", arguments => PyArithmetic.ToFloat(arguments.Expect(2, 2)[0]) is var low
                ? low + (random.NextDouble() * (PyArithmetic.ToFloat(arguments[1]) - low))
                : null),
            ["randint"] = new PyFunction("randint", arguments => Between(random, Whole(arguments.Expect(2, 2)[0]), Whole(arguments[1]) + 1)),
            ["randrange"] = new PyFunction("randrange", arguments => arguments.Expect(1, 3).Count == 1
                ? Between(random, 0, Whole(arguments[0]))
                : Between(random, Whole(arguments[0]), Whole(arguments[1]))),
            ["choice"] = new PyFunction("choice", arguments => Items(arguments) is var items && items.Count > 0
                ? items[random.Next(items.Count)]
                : throw PyErrorException.IndexError("Cannot choose from an empty sequence")),
            ["sample"] = new PyFunction("sample", arguments => Sample(random, Items(arguments), arguments.Integer(1, "k", 0))),
            ["shuffle"] = new PyFunction("shuffle", arguments => Shuffle(random, arguments.Expect(1, 1)[0])),
            ["seed"] = new PyFunction("seed", arguments =>
            {
                random = arguments.Count == 0 ? new Random() : new Random(PyEquality.Hash(arguments[0]));
                return null;
            }),
            ["getrandbits"] = new PyFunction("getrandbits", arguments => PyNumbers.Normalize(
                new BigInteger(Enumerable.Range(0, arguments.Integer(0, "k", 0)).Aggregate(0L, (bits, _) => (bits << 1) | (uint)random.Next(2))))),
        };
    }

    private static long Whole(object? value)
    {
        var number = CallArguments.BigInteger(value);
        return number >= long.MinValue && number < long.MaxValue
            ? (long)number
            : throw new PyErrorException("OverflowError", "Python int too large to convert to C long");
    }

    private static object Between(Random random, long low, long high) => low < high
        ? random.NextInt64(low, high)
        : throw PyErrorException.ValueError($"empty range for randrange() ({low}, {high}, {high - low})");

    private static List<object?> Items(CallArguments arguments) => [.. EvaluationBudget.Count(PyIteration.Items(arguments[0]))];

    private static PyList Sample(Random random, List<object?> items, int count)
    {
        if (count < 0 || count > items.Count)
        {
            throw PyErrorException.ValueError("Sample larger than population or is negative");
        }

        var all = items.ToArray();
        random.Shuffle(all);
        return new PyList(all.Take(count));
    }

    private static object? Shuffle(Random random, object? value)
    {
        if (value is not PyList list)
        {
            throw PyErrorException.TypeError($"'{PyTypeNames.Of(value)}' object does not support item assignment");
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list));
        return null;
    }
}
