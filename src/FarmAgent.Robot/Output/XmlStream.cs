namespace FarmAgent.Robot.Output;

/// <summary>Writes XML as a stream, one element a line; attributes and elements without content are left out.</summary>
internal sealed class XmlStream : IDisposable
{
    private readonly TextWriter _output;

    public XmlStream(TextWriter output)
    {
        _output = output;
        _output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    public void Start(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteTag(name, attributes, keepEmpty: false);
        _output.Write(">\n");
    }

    /// <summary>As <see cref="Start"/>, but attributes that are empty are written; null is still left out.</summary>
    public void StartWithEmpty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteTag(name, attributes, keepEmpty: true);
        _output.Write(">\n");
    }

    public void End(string name)
    {
        _output.Write("</");
        _output.Write(name);
        _output.Write(">\n");
    }

    public void Element(string name, string content, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        var isEmpty = content.Length == 0;
        if (isEmpty && !HasValue(attributes))
        {
            return;
        }

        WriteTag(name, attributes, keepEmpty: false);
        if (isEmpty)
        {
            _output.Write("/>\n");
            return;
        }

        _output.Write('>');
        _output.Write(MarkupText.Escape(content));
        End(name);
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

    private void WriteTag(string name, ReadOnlySpan<(string Name, string? Value)> attributes, bool keepEmpty)
    {
        _output.Write('<');
        _output.Write(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is null || (value.Length == 0 && !keepEmpty))
            {
                continue;
            }

            _output.Write(' ');
            _output.Write(attribute);
            _output.Write("=\"");
            _output.Write(MarkupText.EscapeAttribute(value));
            _output.Write('"');
        }
    }
}
