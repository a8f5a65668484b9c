using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

internal sealed class ConstantNode(object? value) : Node
{
    public object? Value { get; } = value;

    public override object? Evaluate(EvaluationFrame frame) => Value;
}

internal sealed class NameNode(string name) : Node
{
    public string Name { get; } = name;

    public override object? Evaluate(EvaluationFrame frame)
    {
        EvaluationBudget.Step();
        return frame.Lookup(Name);
    }
}

/// <summary>An f-string.</summary>
internal sealed class FormattedTextNode(IReadOnlyList<Node> parts) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        var output = new StringBuilder();
        foreach (var part in parts)
        {
            output.Append(PyText.Str(part.Evaluate(frame)));
        }

        return output.ToString();
    }
}

/// <summary>One replacement field of an f-string.</summary>
internal sealed class FormattedValueNode(Node value, char conversion, Node? specification) : Node
{
    public override object? Evaluate(EvaluationFrame frame)
    {
        var result = value.Evaluate(frame);
        result = conversion switch
        {
            'r' => PyText.Repr(result),
            's' => PyText.Str(result),
            'a' => PyText.Ascii(result),
            _ => result,
        };
        return PyFormat.Format(result, specification is null ? string.Empty : PyText.Str(specification.Evaluate(frame)));
    }
}
