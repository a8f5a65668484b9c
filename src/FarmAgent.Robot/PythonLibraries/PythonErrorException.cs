using System.Text.Json;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>Python code raised an error.</summary>
/// <param name="error">How the host describes it.</param>
internal sealed class PythonErrorException(JsonElement error) : Exception(error.GetProperty("text").GetString())
{
    /// <summary>Name of its type.</summary>
    public string Type { get; } = error.GetProperty("type").GetString()!;

    /// <summary>Its text without the type.</summary>
    public string Raw { get; } = error.GetProperty("raw").GetString()!;

    /// <summary>Number of the failure of a keyword that Python code ran and whose error it let pass.</summary>
    public int? Failure { get; } = error.TryGetProperty("failure", out var number) ? number.GetInt32() : null;

    /// <summary>What it means for a keyword.</summary>
    public KeywordFailedException ToFailure()
    {
        var failure = new KeywordFailedException(Message, "", this)
        {
            Kind = error.GetProperty("skip").GetBoolean() ? FailureKind.Skip : error.GetProperty("fatal").GetBoolean() ? FailureKind.Fatal : FailureKind.Failure,
            Continuable = error.GetProperty("continue").GetBoolean(),
        };
        return Tracebacks.AttachText(failure, error.GetProperty("trace").GetString()!);
    }
}
