using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>The values of a FOR loop cannot be worked out.</summary>
/// <param name="problem">Why.</param>
internal sealed class ForValuesException(KeywordFailedException problem) : Exception(problem.Message)
{
    public KeywordFailedException Problem { get; } = problem;
}

/// <summary>Works out the values for the rounds of a FOR loop.</summary>
/// <param name="context">State of the suite.</param>
/// <param name="loop">The loop.</param>
internal sealed partial class ForValues(SuiteContext context, ForLoop loop)
{
    private readonly int _count = loop.Assign.Count;
    private string? _mode;
    private object? _fill;
    private long _start;

    /// <summary>Values for each round.</summary>
    /// <exception cref="ForValuesException">They cannot be worked out.</exception>
    public IEnumerable<IReadOnlyList<object?>> Rounds()
    {
        if (context.DryRun)
        {
            return [[.. loop.Assign.Select(_ => (object?)"")]];
        }

        try
        {
            ResolveOptions();
            return IsOverDictionaries() ? DictionaryRounds(DictionaryItems()) : ListRounds(context.Variables.ReplaceList(loop.Values));
        }
        catch (KeywordFailedException error)
        {
            throw new ForValuesException(error);
        }
    }

    private static SyntaxFailureException Syntax(string message) => new(message);

    private bool IsOverDictionaries()
    {
        if (loop.Values.Any(VariableKinds.IsDict))
        {
            return true;
        }

        if (loop.Values.Count > 0 && loop.Values.All(value => EqualsSplitter.Split(value).Value is not null))
        {
            var (name, value) = EqualsSplitter.Split(loop.Values[0]);
            context.Log(
                $"FOR loop iteration over values that are all in 'name=value' format like '{loop.Values[0]}' is deprecated. In the future this syntax "
                + "will mean iterating over names and values separately like when iterating over '&{dict} variables. Escape at least one of the values "
                + $"like '{name}\\={value}' to use normal FOR loop iteration and to disable this warning.",
                MessageLevel.Warn);
        }

        return false;
    }

    private PyDict DictionaryItems()
    {
        if (loop.Flavor is "IN RANGE" or "IN ZIP")
        {
            throw Syntax($"FOR {loop.Flavor} loops do not support iterating over dictionaries.");
        }

        var result = new PyDict();
        foreach (var item in loop.Values)
        {
            if (VariableKinds.IsDict(item))
            {
                foreach (var (key, value) in (PyDict)context.Variables.ReplaceScalar(item)!)
                {
                    result[key] = value;
                }

                continue;
            }

            var (name, text) = EqualsSplitter.Split(item);
            if (text is null)
            {
                throw Syntax(
                    $"Invalid FOR loop value '{item}'. When iterating over dictionaries, values must be '&{{dict}}' variables or use 'key=value' syntax.");
            }

            try
            {
                result[context.Variables.ReplaceScalar(name)] = context.Variables.ReplaceScalar(text);
            }
            catch (PyErrorException error)
            {
                throw new VariableSyntaxException($"Invalid dictionary item '{item}': {error.ResultMessage}");
            }
        }

        return result;
    }

    private IEnumerable<IReadOnlyList<object?>> DictionaryRounds(PyDict items)
    {
        if (loop.Flavor == "IN ENUMERATE")
        {
            if (_count > 3)
            {
                throw Syntax(
                    $"Number of FOR IN ENUMERATE loop variables must be 1-3 when iterating over dictionaries, got {_count}.");
            }

            return _count == 2
                ? items.Select((item, i) => (IReadOnlyList<object?>)[_start + i, new PyTuple(item.Key, item.Value)])
                : items.Select((item, i) => (IReadOnlyList<object?>)[_start + i, item.Key, item.Value]);
        }

        return _count > 2
            ? throw Syntax($"Number of FOR loop variables must be 1 or 2 when iterating over dictionaries, got {_count}.")
            : items.Select(item => (IReadOnlyList<object?>)[item.Key, item.Value]);
    }

    private IEnumerable<IReadOnlyList<object?>> ListRounds(List<object?> values) => loop.Flavor switch
    {
        "IN RANGE" => RangeRounds(Range(values)),
        "IN ENUMERATE" => Chunks(values, Math.Max(_count - 1, 1)).Select((chunk, i) => (IReadOnlyList<object?>)[_start + i, .. chunk]),
        "IN ZIP" => Zip(values),
        _ => Chunks(values, _count),
    };

    private IEnumerable<IReadOnlyList<object?>> RangeRounds(NumberRange range) => Chunks(range.Count, i => range[i], _count);

    private IEnumerable<IReadOnlyList<object?>> Chunks(List<object?> values, int size) => Chunks(values.Count, i => values[(int)i], size);

    private IEnumerable<IReadOnlyList<object?>> Chunks(long count, Func<long, object?> value, int size)
    {
        return count % size == 0 ? Rounds() : throw WrongCount(size, count);

        IEnumerable<IReadOnlyList<object?>> Rounds()
        {
            for (var i = 0L; i < count; i += size)
            {
                var round = new object?[size];
                for (var j = 0; j < size; j++)
                {
                    round[j] = value(i + j);
                }

                yield return round;
            }
        }
    }

    private VariableSyntaxException WrongCount(int variables, long values)
    {
        var got = $"Got {variables} variables but {values} value{(values == 1 ? "" : "s")}.";
        return new VariableSyntaxException(loop.Flavor == "IN ENUMERATE"
            ? $"Number of FOR IN ENUMERATE loop values should be multiple of its variables (excluding the index). {got}"
            : $"Number of FOR loop values should be multiple of its variables. {got}");
    }
}
