using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Writes elements as text in ElementTree's form.</summary>
internal sealed class XmlSerializing
{
    private static readonly Dictionary<string, string> WellKnown = new(StringComparer.Ordinal)
    {
        ["http://www.w3.org/XML/1998/namespace"] = "xml",
        ["http://www.w3.org/1999/xhtml"] = "html",
        ["http://www.w3.org/1999/02/22-rdf-syntax-ns#"] = "rdf",
        ["http://schemas.xmlsoap.org/wsdl/"] = "wsdl",
        ["http://www.w3.org/2001/XMLSchema"] = "xs",
        ["http://www.w3.org/2001/XMLSchema-instance"] = "xsi",
        ["http://purl.org/dc/elements/1.1/"] = "dc",
    };

    private readonly StringBuilder _output = new();
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);

    private XmlSerializing()
    {
    }

    /// <summary>The element with everything in it and the text behind it.</summary>
    public static string ToText(XmlNode node)
    {
        var writer = new XmlSerializing();
        foreach (var item in node.SelfAndDescendants())
        {
            writer.Register(item.Tag);
            foreach (var name in item.Attributes.Keys)
            {
                writer.Register(PyText.Str(name));
            }
        }

        writer.Write(node, isRoot: true);
        return writer._output.ToString();
    }

    private void Register(string name)
    {
        if (name.StartsWith('{') && name.IndexOf('}', StringComparison.Ordinal) is > 0 and var end && !_prefixes.ContainsKey(name[1..end]))
        {
            var uri = name[1..end];
            _prefixes[uri] = WellKnown.TryGetValue(uri, out var prefix) ? prefix : $"ns{_prefixes.Count}";
        }
    }

    private string Qualified(string name)
    {
        var end = name.StartsWith('{') ? name.IndexOf('}', StringComparison.Ordinal) : -1;
        return end < 0 ? name : $"{_prefixes[name[1..end]]}:{name[(end + 1)..]}";
    }

    private void Write(XmlNode node, bool isRoot)
    {
        var tag = Qualified(node.Tag);
        _output.Append('<').Append(tag);
        foreach (var (uri, prefix) in _prefixes.Where(_ => isRoot).OrderBy(item => item.Value, StringComparer.Ordinal))
        {
            if (prefix != "xml")
            {
                WriteAttribute($"xmlns:{prefix}", uri);
            }
        }

        foreach (var (name, value) in node.Attributes)
        {
            WriteAttribute(Qualified(PyText.Str(name)), PyText.Str(value));
        }

        if (string.IsNullOrEmpty(node.Text) && node.Children.Count == 0)
        {
            _output.Append(" />");
        }
        else
        {
            _output.Append('>').Append(Escape(node.Text));
            foreach (var child in node.Children)
            {
                Write(child, isRoot: false);
            }

            _output.Append("</").Append(tag).Append('>');
        }

        _output.Append(Escape(node.Tail));
    }

    private void WriteAttribute(string name, string value) => _output.Append(' ').Append(name).Append("=\"")
        .Append(Escape(value).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("\r", "&#13;", StringComparison.Ordinal)
            .Replace("\n", "&#10;", StringComparison.Ordinal).Replace("\t", "&#09;", StringComparison.Ordinal))
        .Append('"');

    private static string Escape(string? text) => (text ?? string.Empty)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
