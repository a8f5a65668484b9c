using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Values;

/// <summary>
/// An error that suite authors know by its Python type name, such as <c>ValueError</c> or <c>KeyError</c>. Code that stands in for
/// Python code raises it, so that messages of a test read the same as in the original.
/// </summary>
public sealed class PyErrorException : KeywordFailedException
{
    /// <summary>Makes an error of a Python type.</summary>
    /// <param name="typeName">Python's type name without module, for example <c>ValueError</c>.</param>
    /// <param name="message">The text that Python's <c>str()</c> gives for the error; may be empty.</param>
    public PyErrorException(string typeName, string message)
        : base(message, IsGeneric(typeName) && message.Length > 0 ? "" : typeName)
    {
        TypeName = typeName;
    }

    /// <summary>Python's type name without module, for example <c>ValueError</c>.</summary>
    public string TypeName { get; }

    /// <summary>A <c>TypeError</c>.</summary>
    /// <param name="message">Its text.</param>
    public static PyErrorException TypeError(string message) => new("TypeError", message);

    /// <summary>A <c>ValueError</c>.</summary>
    /// <param name="message">Its text.</param>
    public static PyErrorException ValueError(string message) => new("ValueError", message);

    /// <summary>An <c>IndexError</c>.</summary>
    /// <param name="message">Its text.</param>
    public static PyErrorException IndexError(string message) => new("IndexError", message);

    /// <summary>A <c>KeyError</c>, whose text is the representation of the key.</summary>
    /// <param name="key">The key that is missing.</param>
    public static PyErrorException KeyError(object? key) => new("KeyError", PyText.Repr(key));

    /// <summary>An <c>AttributeError</c> of a value that lacks an attribute.</summary>
    /// <param name="value">The value.</param>
    /// <param name="attribute">The name that was asked for.</param>
    public static PyErrorException NoAttribute(object? value, string attribute) =>
        new("AttributeError", $"'{PyTypeNames.InErrors(value)}' object has no attribute '{attribute}'");

    // These only say that something failed; the original leaves them out of messages.
    private static bool IsGeneric(string typeName) => typeName is "AssertionError" or "RuntimeError" or "Exception" or "Error";
}
