using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>What stands behind a failure in the log: there are no Python frames to show, but failures that led to it.</summary>
internal static class Tracebacks
{
    private const string Key = "traceback";
    private const string CausesKey = "causes";
    private const string Between = "\n\nDuring handling of the above exception, another exception occurred:\n\n";

    /// <summary>The traceback of a failure; <see langword="null"/> for failures of the data, which have none.</summary>
    public static string? Of(KeywordFailedException error)
    {
        if (error.Data[Key] is string own)
        {
            return own;
        }

        return error is VariableSyntaxException or Running.SyntaxFailureException or Running.InnerFailureException ? null
            : $"Traceback (most recent call last):\n  None\n{Own(error)}".TrimEnd();
    }

    /// <summary>Tells which failures led to a failure.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="causes">Types and messages of what came before, put together by <see cref="Chain"/>; may be empty.</param>
    public static T Attach<T>(T error, string causes)
        where T : KeywordFailedException
    {
        error.Data[Key] = causes.Length == 0 ? Own(error) : causes + Between + Own(error);
        return error;
    }

    /// <summary>Notes what led to a failure of the data, for a keyword that passes it on.</summary>
    public static VariableSyntaxException Because(VariableSyntaxException error, string causes)
    {
        error.Data[CausesKey] = causes;
        return error;
    }

    /// <summary>Gives a failure the text of a traceback.</summary>
    public static T AttachText<T>(T error, string text)
        where T : KeywordFailedException
    {
        error.Data[Key] = text;
        return error;
    }

    /// <summary>Failures one after the other.</summary>
    public static string Chain(params IReadOnlyList<string> failures) => string.Join(Between, failures);

    /// <summary>Runs code whose failures of the data become plain failures of a keyword.</summary>
    public static object? AsRuntimeError(Func<object?> code)
    {
        try
        {
            return code();
        }
        catch (VariableSyntaxException error)
        {
            var own = $"robot.errors.DataError: {error.Message}";
            throw Attach(new KeywordFailedException(error.Message, "", error), error.Data[CausesKey] is string causes ? Chain(causes, own) : own);
        }
    }

    private static string Own(KeywordFailedException error) => error.PythonType.Length == 0
        ? WithMessage(Type(error), error.Message)
        : error.ResultMessage;

    // A failure without a message has the name of its type for one.
    private static string WithMessage(string type, string message) => type.Split('.')[^1] == message ? type : $"{type}: {message}";

    private static string Type(KeywordFailedException error) => error.Kind == FailureKind.Skip ? "robot.api.exceptions.SkipExecution"
        : error.InnerException is KeywordFailedException ? "RuntimeError" : "AssertionError";

    /// <summary>What Python itself says about a text that is not a number.</summary>
    public static string OfPlainConversion(string kind, object? value) => (kind, value) switch
    {
        ("int", string text) => $"ValueError: invalid literal for int() with base 10: {PyText.Repr(text)}{Between}ValueError",
        ("float", string text) => $"ValueError: could not convert string to float: {PyText.Repr(text)}{Between}ValueError",
        ("str" or "none" or "union" or "literal" or "secret", _) => "ValueError",
        _ => "",
    };
}
