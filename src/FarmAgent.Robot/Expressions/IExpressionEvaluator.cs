using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Expressions;

/// <summary>Evaluates expressions in the subset of Python that suites use; no input or output, bounded in steps, depth and memory.</summary>
internal interface IExpressionEvaluator
{
    /// <summary>
    /// Evaluates as <c>IF</c>, <c>Evaluate</c> and <c>${{…}}</c> do: <c>$name</c> is a variable, free names are modules.
    /// </summary>
    /// <param name="expression">Normally text.</param>
    /// <param name="variables">Where <c>$name</c> and <c>${name}</c> are looked up.</param>
    /// <param name="modules">Comma separated names of modules to make known.</param>
    /// <param name="names">Further names.</param>
    /// <param name="resolveVariables">Whether <c>${name}</c> is replaced first; a single variable that is not text is then the result.</param>
    /// <exception cref="VariableSyntaxException">"Evaluating expression '…' failed: …".</exception>
    object? Evaluate(
        object? expression, VariableSet variables, string? modules = null, PyDict? names = null, bool resolveVariables = false);

    /// <summary>Evaluates plain Python text with the given names only.</summary>
    /// <exception cref="PyErrorException">What Python would raise.</exception>
    object? EvaluatePlain(string text, IReadOnlyDictionary<string, object?> names);
}
