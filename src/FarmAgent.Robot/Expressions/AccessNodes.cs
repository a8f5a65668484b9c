using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

internal sealed class AttributeNode(Node target, string name) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        EvaluationBudget.Step();
        return PyAttributes.Get(target.Evaluate(frame), name);
    }
}

internal sealed class SubscriptNode(Node target, Node key) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        EvaluationBudget.Step();
        var container = target.Evaluate(frame);
        return PySubscript.Get(container, key.Evaluate(frame));
    }

    public void Assign(EvaluationFrame frame, object? value)
    {
        var container = target.Evaluate(frame);
        PySubscript.Set(container, key.Evaluate(frame), value);
    }
}

internal sealed class SliceNode(Node? start, Node? stop, Node? step) : Node
{
    public override object? Evaluate(EvaluationFrame frame) =>
        new PySlice(start?.Evaluate(frame), stop?.Evaluate(frame), step?.Evaluate(frame));
}

/// <summary>One argument of a call; <c>**x</c> has the name <c>**</c>.</summary>
internal sealed record CallArgument(string? Name, Node Value);

internal sealed class CallNode(Node target, IReadOnlyList<CallArgument> arguments) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        EvaluationBudget.Step();
        var callee = target.Evaluate(frame);
        var positional = new List<object?>();
        var named = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            var value = argument.Value.Evaluate(frame);
            if (argument.Name == "**")
            {
                foreach (var (key, item) in value as PyDict
                    ?? throw PyErrorException.TypeError($"argument after ** must be a mapping, not {PyTypeNames.Of(value)}"))
                {
                    named[key as string ?? throw PyErrorException.TypeError("keywords must be strings")] = item;
                }
            }
            else if (argument.Name is { } name)
            {
                named[name] = value;
            }
            else if (argument.Value is StarNode)
            {
                positional.AddRange(EvaluationBudget.Count(PyIteration.TryGetItems(value)
                    ?? throw PyErrorException.TypeError($"argument after * must be an iterable, not {PyTypeNames.Of(value)}")));
            }
            else
            {
                positional.Add(value);
            }
        }

        return PyCalls.Call(callee, positional, named);
    }
}

/// <summary>A parameter of a lambda.</summary>
internal sealed record LambdaParameter(string Name, char Kind, Node? Default);

internal sealed class LambdaNode(IReadOnlyList<LambdaParameter> parameters, Node body) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        var defaults = parameters
            .Where(parameter => parameter.Default is not null)
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Default!.Evaluate(frame), StringComparer.Ordinal);
        return new PyLambda(parameters, defaults, body, frame);
    }
}
