using System.Text.RegularExpressions;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Running;

/// <summary>Faults of .NET code under the names that suites know.</summary>
internal static class LibraryErrors
{
    /// <summary>The failure that a fault of a library means; <see langword="null"/> for faults that must not be hidden.</summary>
    public static KeywordFailedException? Describe(Exception error) => error switch
    {
        FileNotFoundException { FileName: { } path } => new($"[Errno 2] No such file or directory: '{path}'", "FileNotFoundError", error),
        FileNotFoundException or DirectoryNotFoundException => new(error.Message, "FileNotFoundError", error),
        UnauthorizedAccessException => new(error.Message, "PermissionError", error),
        IOException => new(error.Message, "OSError", error),
        RegexMatchTimeoutException => new("The pattern takes too long on this text.", "error", error),
        TimeoutException => new(error.Message, "TimeoutError", error),
        RegexParseException => new(error.Message, "error", error),
        DivideByZeroException => new("division by zero", "ZeroDivisionError", error),
        OverflowException => new(error.Message, "OverflowError", error),
        InsufficientExecutionStackException => new("maximum recursion depth exceeded", "RecursionError", error),
        OutOfMemoryException => new("", "MemoryError", error),
        StackOverflowException or AccessViolationException => null,
        _ => new(error.Message, "", error),
    };
}
