using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Keywords;

/// <summary>The keywords that are always there.</summary>
internal sealed partial class BuiltInLibrary : IKeywordLibrary
{
    private static readonly IReadOnlyList<KeywordDescriptor> All =
    [
        .. Assertions(), .. Comparisons(), .. Conversions(), .. VariableKeywords(), .. RunKeywords(), .. RunKeywordsInTeardown(),
        .. ControlKeywords(), .. LogKeywords(), .. ImportKeywords(), .. TestKeywords(), .. MiscKeywords(),
    ];

    /// <inheritdoc/>
    public string Name => "BuiltIn";

    /// <inheritdoc/>
    public IReadOnlyList<KeywordDescriptor> Keywords => All;

    private static KeywordScope Scope(IKeywordContext context) => (KeywordScope)context;

    private static VariableScopes Variables(IKeywordContext context) => Scope(context).Suite.Variables;

    private static KeywordDescriptor Plain(string name, string signature, KeywordBody body) => new(name, signature, body);

    private static KeywordDescriptor Raw(string name, string signature, int resolved, KeywordBody body) =>
        new(name, signature, body) { ResolvedArguments = resolved };

    private static KeywordDescriptor Assertion(string name, string signature, KeywordBody body) => new(name, signature, body) { IsAssertion = true };

    private static KeywordDescriptor Assertion(string name, string signature, Action<IKeywordContext, KeywordArguments> body) =>
        Assertion(name, signature, (context, arguments) =>
        {
            body(context, arguments);
            return null;
        });

    /// <summary>Evaluates Python text about values.</summary>
    private static object? Python(IKeywordContext context, string text, params (string Name, object? Value)[] names) =>
        Variables(context).Current.Evaluator.EvaluatePlain(text, names.ToDictionary(pair => pair.Name, pair => pair.Value));

    private static bool PythonTruth(IKeywordContext context, string text, params (string Name, object? Value)[] names) =>
        PyTruth.Of(Python(context, text, names));

    /// <summary>Evaluates a condition; values other than text count as they are.</summary>
    private static bool IsTrue(IKeywordContext context, object? condition)
    {
        if (condition is string text)
        {
            var variables = Variables(context).Current;
            condition = Tracebacks.AsRuntimeError(() => variables.Evaluator.Evaluate(text, variables));
        }

        return PyTruth.Of(condition);
    }

    private static string Text(object? value) => PyText.InMessages(value);

    private static string Plural(long count) => count == 1 ? "" : "s";

    private static KeywordFailedException Failed(string message) => new(message);

    /// <summary>Logs a text that may be marked as HTML.</summary>
    private static void LogText(IKeywordContext context, string prefix, string text) =>
        context.Log(prefix + FailureMessages.WithoutMark(text), MessageLevel.Info, FailureMessages.IsHtml(text));
}
