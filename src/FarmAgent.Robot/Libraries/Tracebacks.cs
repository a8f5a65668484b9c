using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>What stands behind a failure in the log: there are no Python frames to show, but failures that led to it.</summary>
internal static class Tracebacks
{
    private const string Key = "traceback";
    private const string Between = "\n\nDuring handling of the above exception, another exception occurred:\n\n";

    /// <summary>The traceback of a failure; <see langword="null"/> for failures of the data, which have none.</summary>
    public static string? Of(KeywordFailedException error)
    {
        if (error.Data[Key] is string own)
        {
            return own;
        }

        return error is VariableSyntaxException or Running.SyntaxFailureException or Running.InnerFailureException ? null
            : $"Traceback (most recent call last):\n  None\n{(error.PythonType.Length == 0 ? $"AssertionError: {error.Message}" : error.ResultMessage)}";
    }

    /// <summary>Tells which failures led to a failing conversion.</summary>
    public static PyErrorException Attach(PyErrorException error, string causes)
    {
        error.Data[Key] = causes.Length == 0 ? error.ResultMessage : causes + Between + error.ResultMessage;
        return error;
    }

    /// <summary>What Python itself says about a text that is not a number.</summary>
    public static string OfPlainConversion(string kind, object? value) => (kind, value) switch
    {
        ("int", string text) => $"ValueError: invalid literal for int() with base 10: {PyText.Repr(text)}{Between}ValueError",
        ("float", string text) => $"ValueError: could not convert string to float: {PyText.Repr(text)}{Between}ValueError",
        ("str" or "none" or "union" or "literal", _) => "ValueError",
        _ => "",
    };
}
