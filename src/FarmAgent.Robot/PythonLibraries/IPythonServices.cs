using System.Text.Json;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>What Python code may ask of the run.</summary>
internal interface IPythonServices
{
    /// <summary>Ends waits for what Python code does.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Logs a message.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="level">Name of its level, or HTML or CONSOLE.</param>
    /// <param name="html">Whether the text is HTML.</param>
    void Log(string text, string level, bool html);

    /// <summary>Writes to the console.</summary>
    void Print(string text, bool isError);

    /// <summary>Does what is asked for.</summary>
    /// <exception cref="KeywordFailedException">It failed.</exception>
    object? Answer(JsonElement request, PythonHost host);

    /// <summary>A failure as Python code shall see it.</summary>
    PythonFailure Describe(KeywordFailedException error);
}

/// <summary>A failure on its way to Python code.</summary>
/// <param name="Text">The message.</param>
/// <param name="Number">Number under which it is kept.</param>
/// <param name="Skip">Whether the test is skipped.</param>
/// <param name="Fatal">Whether the run ends.</param>
/// <param name="Continuable">Whether the test goes on.</param>
internal sealed record PythonFailure(string Text, int Number, bool Skip, bool Fatal, bool Continuable)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("error");
        json.WriteString("text", Text);
        json.WriteNumber("failure", Number);
        json.WriteBoolean("skip", Skip);
        json.WriteBoolean("fatal", Fatal);
        json.WriteBoolean("continue", Continuable);
        json.WriteEndObject();
    }
}
