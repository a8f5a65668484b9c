using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

internal sealed class UnaryNode(string symbol, Node operand) : Node
{
    public override object? Evaluate(EvaluationFrame frame) => PyArithmetic.Unary(symbol, operand.Evaluate(frame));
}

internal sealed class NotNode(Node operand) : Node
{
    public override object? Evaluate(EvaluationFrame frame) => !PyTruth.Of(operand.Evaluate(frame));
}

internal sealed class BinaryNode(string symbol, Node left, Node right) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        EvaluationBudget.Step();
        var first = left.Evaluate(frame);
        return PyArithmetic.Binary(symbol, first, right.Evaluate(frame));
    }
}

/// <summary><c>and</c> and <c>or</c>: the operand that decides is the value.</summary>
internal sealed class BooleanNode(bool isAnd, IReadOnlyList<Node> operands) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        object? value = null;
        foreach (var operand in operands)
        {
            value = operand.Evaluate(frame);
            if (PyTruth.Of(value) != isAnd)
            {
                break;
            }
        }

        return value;
    }
}

/// <summary>A chain of comparisons: each operand is evaluated once, the first that is false ends it.</summary>
internal sealed class ComparisonNode(Node first, IReadOnlyList<(string Symbol, Node Operand)> rest) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        EvaluationBudget.Step();
        var left = first.Evaluate(frame);
        object? result = true;
        foreach (var (symbol, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            result = PyComparison.Compare(symbol, left, right);
            if (!PyTruth.Of(result))
            {
                break;
            }

            left = right;
        }

        return result;
    }
}

internal sealed class ConditionalNode(Node condition, Node whenTrue, Node whenFalse) : Node
{
    public override object? Evaluate(EvaluationFrame frame) =>
        PyTruth.Of(condition.Evaluate(frame)) ? whenTrue.Evaluate(frame) : whenFalse.Evaluate(frame);
}

/// <summary><c>(name := value)</c>.</summary>
internal sealed class NamedNode(string name, Node value) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        var result = value.Evaluate(frame);
        frame.SetOutermost(name, result);
        return result;
    }
}
