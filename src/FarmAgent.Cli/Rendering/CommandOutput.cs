using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace FarmAgent.Cli.Rendering;

/// <summary>
/// Results on stdout, progress and notes on stderr. With JSON exactly one document (for streams one a line) reaches stdout and nothing else.
/// </summary>
internal sealed class CommandOutput(TextWriter results, TextWriter notes, OutputFormat format)
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public bool IsJson => format == OutputFormat.Json;

    /// <summary>Where a verb that streams raw text writes it: stdout, or stderr when stdout is kept for JSON.</summary>
    public TextWriter Stream => IsJson ? notes : results;

    /// <summary>Writes the command's result: the message as JSON, or what <paramref name="text"/> prints.</summary>
    public void Result(IMessage message, Action<TextWriter> text)
    {
        if (IsJson)
        {
            results.WriteLine(Json.Format(message));
        }
        else
        {
            text(results);
        }

        results.Flush();
    }

    /// <summary>Writes one line of progress or a note.</summary>
    public void Note(string line)
    {
        notes.WriteLine(line);
        notes.Flush();
    }

    /// <summary>Writes an error: on stderr for people, as a document on stdout for programs.</summary>
    public void Error(string reason, string message, IEnumerable<KeyValuePair<string, string>> metadata, int exitCode)
    {
        if (!IsJson)
        {
            notes.WriteLine($"{reason}: {message}");
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("reason", reason);
            writer.WriteString("message", message);
            writer.WriteNumber("exitCode", exitCode);
            writer.WriteStartObject("metadata");
            foreach (var (key, value) in metadata)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        results.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
        results.Flush();
    }
}
