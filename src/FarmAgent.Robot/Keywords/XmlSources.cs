using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>What keywords take for XML: an element, text, bytes or a path.</summary>
internal static class XmlSources
{
    /// <summary>The root element.</summary>
    public static XmlNode Parse(object? source, bool keepNamespaces = false, bool dropNamespaces = false)
    {
        var root = XmlParser.Parse(Read(source));
        if (!keepNamespaces)
        {
            Strip(root, !dropNamespaces, null);
        }

        return root;
    }

    /// <summary>The elements that a path selects.</summary>
    public static List<XmlNode> FindAll(object? source, string xpath)
    {
        var root = source as XmlNode ?? Parse(source);
        if (xpath.Length == 0)
        {
            throw new KeywordFailedException("No xpath given.");
        }

        return xpath == "." ? [root] : XmlPaths.Find(root, xpath);
    }

    /// <summary>The one element that a path selects.</summary>
    public static XmlNode Find(object? source, string xpath = ".")
    {
        var found = FindAll(source, xpath);
        return found.Count == 1 ? found[0] : throw new KeywordFailedException(CountMessage(found.Count, xpath));
    }

    public static string CountMessage(int count, string xpath) => count switch
    {
        0 => $"No element matching '{xpath}' found.",
        1 => $"One element matching '{xpath}' found.",
        _ => $"Multiple elements ({count}) matching '{xpath}' found.",
    };

    private static string Read(object? source)
    {
        if (PyBytes.IsBytes(source))
        {
            return PyCodecs.Decode(PyBytes.Of(source!), "utf-8");
        }

        var text = PyText.Str(source);
        return text.TrimStart().StartsWith('<')
            ? text
            : PyCodecs.Decode(OsErrors.Guard(text, () => File.ReadAllBytes(text)), "utf-8");
    }

    /// <summary>Moves the namespace out of the tags into an attribute <c>xmlns</c>, or drops it.</summary>
    private static void Strip(XmlNode node, bool isPreserved, string? current)
    {
        var end = node.Tag.StartsWith('{') ? node.Tag.IndexOf('}', StringComparison.Ordinal) : -1;
        if (end > 0)
        {
            var uri = node.Tag[1..end];
            node.Tag = node.Tag[(end + 1)..];
            if (isPreserved && uri != current)
            {
                node.Attributes["xmlns"] = uri;
                current = uri;
            }
        }
        else if (current is not null)
        {
            node.Attributes["xmlns"] = string.Empty;
            current = null;
        }

        foreach (var child in node.Children)
        {
            Strip(child, isPreserved, current);
        }
    }
}
