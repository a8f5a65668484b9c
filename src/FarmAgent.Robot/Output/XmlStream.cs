using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Writes XML as a stream, one element a line; attributes and elements without content are left out.</summary>
internal sealed class XmlStream : IDisposable
{
    private readonly Utf8Output _output;
    private readonly IsoTimeFormat _time = new();
    private readonly bool _isLegacy;

    /// <summary>Starts a document.</summary>
    /// <param name="output">Where to; closed with the stream.</param>
    /// <param name="isLegacy">Whether times are written as before version 5 of the schema: start and end, with a space and milliseconds.</param>
    public XmlStream(Utf8Output output, bool isLegacy = false)
    {
        (_output, _isLegacy) = (output, isLegacy);
        _output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
    }

    public void Start(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteTag(name, attributes, keepEmpty: false);
        _output.Write(">\n"u8);
    }

    /// <summary>As <see cref="Start"/>, but attributes that are empty are written; null is still left out.</summary>
    public void StartWithEmpty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteTag(name, attributes, keepEmpty: true);
        _output.Write(">\n"u8);
    }

    public void End(string name)
    {
        _output.Write("</"u8);
        _output.Write(name);
        _output.Write(">\n"u8);
    }

    public void Element(string name, string content, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        var isEmpty = content.Length == 0;
        if (isEmpty && !HasValue(attributes))
        {
            return;
        }

        WriteTag(name, attributes, keepEmpty: false);
        WriteContent(name, content);
    }

    /// <summary>A log message.</summary>
    public void Message(Message message)
    {
        if (_isLegacy)
        {
            _output.Write("<msg timestamp=\""u8);
            _output.Write(ResultTimes.Legacy(message.Time));
        }
        else
        {
            _output.Write("<msg time=\""u8);
            _time.Write(_output, message.Time);
        }

        _output.Write("\" level=\""u8);
        _output.Write(message.Level.ToText());
        _output.Write(message.Html ? "\" html=\"true\""u8 : "\""u8);
        WriteContent("msg", message.Text);
    }

    /// <summary>Status, start and elapsed time of a suite, test or step.</summary>
    public void Status(Status status, DateTimeOffset start, TimeSpan elapsed, string message)
    {
        _output.Write("<status status=\""u8);
        _output.Write(status.ToText());
        if (_isLegacy)
        {
            WriteLegacyTimes(start, elapsed);
        }
        else
        {
            WriteTimes(start, elapsed);
        }

        _output.Write("\""u8);
        WriteContent("status", message);
    }

    public void Flush() => _output.Flush();

    public void Dispose() => _output.Dispose();

    private static bool HasValue(ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        foreach (var (_, value) in attributes)
        {
            if (!string.IsNullOrEmpty(value))
            {
                return true;
            }
        }

        return false;
    }

    private void WriteTimes(DateTimeOffset start, TimeSpan elapsed)
    {
        if (start != default)
        {
            _output.Write("\" start=\""u8);
            _time.Write(_output, start);
        }

        _output.Write("\" elapsed=\""u8);
        ResultTimes.WriteSeconds(_output, elapsed);
    }

    private void WriteLegacyTimes(DateTimeOffset start, TimeSpan elapsed)
    {
        if (start != default)
        {
            _output.Write("\" starttime=\""u8);
            _output.Write(ResultTimes.Legacy(start));
            _output.Write("\" endtime=\""u8);
            _output.Write(ResultTimes.Legacy(start + elapsed));
        }
    }

    private void WriteContent(string name, string content)
    {
        if (content.Length == 0)
        {
            _output.Write("/>\n"u8);
            return;
        }

        _output.Write(">"u8);
        MarkupText.Write(_output, content);
        End(name);
    }

    private void WriteTag(string name, ReadOnlySpan<(string Name, string? Value)> attributes, bool keepEmpty)
    {
        _output.Write("<"u8);
        _output.Write(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is null || (value.Length == 0 && !keepEmpty))
            {
                continue;
            }

            _output.Write(" "u8);
            _output.Write(attribute);
            _output.Write("=\""u8);
            MarkupText.WriteAttribute(_output, value);
            _output.Write("\""u8);
        }
    }
}
