using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>One <c>for … in … if …</c> of a comprehension.</summary>
internal sealed record ComprehensionClause(Node Target, Node Source, IReadOnlyList<Node> Conditions);

internal enum ComprehensionKind
{
    List,
    Set,
    Dictionary,
    Generator,
}

/// <summary>A comprehension or generator; for dictionaries the item is the key.</summary>
internal sealed class ComprehensionNode(
    ComprehensionKind kind, Node item, Node? value, IReadOnlyList<ComprehensionClause> clauses) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        // The first source is evaluated outside, at once; the rest inside, where fewer names are seen.
        var first = clauses[0].Source.Evaluate(frame);
        var source = PyIteration.Items(first);
        var inner = frame.Enter();
        switch (kind)
        {
            case ComprehensionKind.List:
                return new PyList(Run(inner, source).Select(_ => item.Evaluate(inner)));
            case ComprehensionKind.Set:
                return new PySet(Run(inner, source).Select(_ => item.Evaluate(inner)));
            case ComprehensionKind.Generator:
                return new PyGenerator("generator", Run(inner, source).Select(_ => item.Evaluate(inner)));
            default:
                var result = new PyDict();
                foreach (var unused in Run(inner, source))
                {
                    var key = item.Evaluate(inner);
                    result[key] = value!.Evaluate(inner);
                }

                return result;
        }
    }

    private IEnumerable<bool> Run(EvaluationFrame frame, IEnumerable<object?> source, int index = 0)
    {
        var clause = clauses[index];
        foreach (var current in EvaluationBudget.Count(source))
        {
            Assignment.Set(clause.Target, current, frame);
            if (!clause.Conditions.All(condition => PyTruth.Of(condition.Evaluate(frame))))
            {
                continue;
            }

            if (index + 1 == clauses.Count)
            {
                yield return true;
                continue;
            }

            foreach (var inner in Run(frame, PyIteration.Items(clauses[index + 1].Source.Evaluate(frame)), index + 1))
            {
                yield return inner;
            }
        }
    }
}

/// <summary>Unpacks a value into the targets of a <c>for</c>.</summary>
internal static class Assignment
{
    public static void Set(Node target, object? value, EvaluationFrame frame)
    {
        switch (target)
        {
            case NameNode name:
                frame.Set(name.Name, value);
                break;
            case SubscriptNode subscript:
                subscript.Assign(frame, value);
                break;
            case DisplayNode display:
                Unpack(display.Items, value, frame);
                break;
            default:
                throw PySyntaxError.At(1, "cannot assign to expression");
        }
    }

    private static void Unpack(IReadOnlyList<Node> targets, object? value, EvaluationFrame frame)
    {
        var items = PyIteration.TryGetItems(value)?.ToList()
            ?? throw PyErrorException.TypeError($"cannot unpack non-iterable {PyTypeNames.Of(value)} object");
        var star = targets.ToList().FindIndex(target => target is StarNode);
        if (star < 0 && items.Count != targets.Count)
        {
            throw PyErrorException.ValueError(items.Count > targets.Count
                ? $"too many values to unpack (expected {targets.Count})"
                : $"not enough values to unpack (expected {targets.Count}, got {items.Count})");
        }

        if (star >= 0 && items.Count < targets.Count - 1)
        {
            throw PyErrorException.ValueError(
                $"not enough values to unpack (expected at least {targets.Count - 1}, got {items.Count})");
        }

        for (var i = 0; i < targets.Count; i++)
        {
            if (star < 0 || i < star)
            {
                Set(targets[i], items[i], frame);
            }
            else if (i == star)
            {
                Set(((StarNode)targets[i]).Operand, new PyList(items.Skip(star).Take(items.Count - targets.Count + 1)), frame);
            }
            else
            {
                Set(targets[i], items[items.Count - targets.Count + i], frame);
            }
        }
    }
}
