using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary><c>*items</c> in a display or a call.</summary>
internal sealed class StarNode(Node operand) : Node
{
    public Node Operand { get; } = operand;

    public override object? Evaluate(EvaluationFrame frame) => Operand.Evaluate(frame);
}

internal enum DisplayKind
{
    List,
    Tuple,
    Set,
}

/// <summary><c>[a, b]</c>, <c>(a, b)</c>, <c>{a, b}</c>.</summary>
internal sealed class DisplayNode(DisplayKind kind, IReadOnlyList<Node> items) : Node
{
    public DisplayKind Kind { get; } = kind;

    public IReadOnlyList<Node> Items { get; } = items;

    public override object? Evaluate(EvaluationFrame frame)
    {
        EvaluationBudget.Step();
        var values = new List<object?>(Items.Count);
        foreach (var item in Items)
        {
            var value = item.Evaluate(frame);
            if (item is StarNode)
            {
                values.AddRange(EvaluationBudget.Count(PyIteration.TryGetItems(value)
                    ?? throw PyErrorException.TypeError($"Value after * must be an iterable, not {PyTypeNames.Of(value)}")));
            }
            else
            {
                values.Add(value);
            }
        }

        return Kind switch
        {
            DisplayKind.List => new PyList(values),
            DisplayKind.Tuple => new PyTuple([.. values]),
            _ => new PySet(values),
        };
    }
}

/// <summary><c>{k: v, **other}</c>; a null key marks the second form.</summary>
internal sealed class DictionaryNode(IReadOnlyList<(Node? Key, Node Value)> items) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        EvaluationBudget.Step();
        var result = new PyDict();
        foreach (var (key, value) in items)
        {
            if (key is not null)
            {
                var evaluated = key.Evaluate(frame);
                result[evaluated] = value.Evaluate(frame);
                continue;
            }

            var other = value.Evaluate(frame);
            foreach (var (otherKey, otherValue) in other as PyDict
                ?? throw PyErrorException.TypeError($"'{PyTypeNames.Of(other)}' object is not a mapping"))
            {
                result[otherKey] = otherValue;
            }
        }

        return result;
    }
}
