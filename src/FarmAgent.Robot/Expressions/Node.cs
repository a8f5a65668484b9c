namespace FarmAgent.Robot.Expressions;

/// <summary>A part of an expression that can be evaluated.</summary>
internal abstract class Node
{
    /// <summary>The value of this part.</summary>
    /// <exception cref="Values.PyErrorException">What Python would raise.</exception>
    public abstract object? Evaluate(EvaluationFrame frame);
}
