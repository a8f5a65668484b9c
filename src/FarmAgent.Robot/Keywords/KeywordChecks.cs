using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Failures of keywords that take a message of the caller.</summary>
internal static class KeywordChecks
{
    /// <summary>The standard text, that of the caller, or both.</summary>
    public static KeywordFailedException Failure(string standard, string? own, bool withValues = false) =>
        new(string.IsNullOrEmpty(own) ? standard : withValues ? $"{own}\n{standard}" : own);

    /// <summary>The argument <c>values</c>, which once was written as the text NO VALUES.</summary>
    public static bool WithValues(IKeywordContext context, object? values)
    {
        if (values is not string text || !text.Equals("no values", StringComparison.OrdinalIgnoreCase))
        {
            return PyTruth.Of(values);
        }

        context.Log(
            $"Using '{text}' for disabling the 'values' argument is deprecated. Use 'values=False' instead.", MessageLevel.Warn);
        return false;
    }

    public static KeywordDescriptor Plain(string name, string signature, KeywordBody body) => new(name, signature, body);

    public static KeywordDescriptor Assertion(string name, string signature, Action<IKeywordContext, KeywordArguments> body) => new(
        name,
        signature,
        (context, arguments) =>
        {
            body(context, arguments);
            return null;
        })
    {
        IsAssertion = true,
    };
}
