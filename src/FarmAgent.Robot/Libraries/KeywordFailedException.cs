namespace FarmAgent.Robot.Libraries;

/// <summary>What a failing keyword means for the test.</summary>
public enum FailureKind
{
    /// <summary>A failure.</summary>
    Failure,

    /// <summary>The test is skipped.</summary>
    Skip,

    /// <summary>The whole run ends.</summary>
    Fatal,
}

/// <summary>
/// A library keyword fails. Its message is shown as it is; a <see cref="PythonType"/> other than the plain ones is put in front of it, as the
/// original does with the name of the exception.
/// </summary>
public class KeywordFailedException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="message">Message of the failure; starting with <c>*HTML*</c> it is HTML.</param>
    /// <param name="pythonType">Name of the exception that Python would raise, for example <c>ValueError</c>; empty for a plain failure.</param>
    /// <param name="inner">The cause, if any.</param>
    public KeywordFailedException(string message, string pythonType = "", Exception? inner = null)
        : base(message, inner) => PythonType = pythonType;

    /// <summary>Name of the exception that Python would raise; empty for a plain failure.</summary>
    public string PythonType { get; }

    /// <summary>What it means for the test.</summary>
    public FailureKind Kind { get; init; }

    /// <summary>Whether the test may go on with the next step, and fails at its end.</summary>
    public bool Continuable { get; init; }

    /// <summary>The message as results show it.</summary>
    public string ResultMessage => PythonType.Length == 0 ? Message : Message.Length == 0 ? PythonType : $"{PythonType}: {Message}";
}
