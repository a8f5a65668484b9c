using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>An XML element as keywords and expressions see it: a tag, text before and behind, attributes, children.</summary>
internal sealed class XmlNode(string tag) : IPyObject, IPyIterable, IPyIndexable
{
    public string Tag { get; set; } = tag;

    public string? Text { get; set; }

    /// <summary>Text between this element and the next one.</summary>
    public string? Tail { get; set; }

    public PyDict Attributes { get; private set; } = new();

    public List<XmlNode> Children { get; } = [];

    public string TypeName => "Element";

    public bool IsTrue => Children.Count > 0;

    public int Count => Children.Count;

    public string Repr() => $"<Element {PyText.Repr(Tag)} at 0x7f0000000000>";

    public IEnumerable<object?> Iterate() => Children;

    public object? GetItem(object? key) => key is PySlice slice
        ? new PyList(slice.Positions(Children.Count).Select(i => (object?)Children[i]))
        : Children[PySubscript.Index(key, Children.Count, "list", "child index out of range")];

    /// <summary>This element and all below it, in document order.</summary>
    public IEnumerable<XmlNode> SelfAndDescendants() => Children.SelectMany(child => child.SelfAndDescendants()).Prepend(this);

    public XmlNode Copy()
    {
        var copy = new XmlNode(Tag) { Text = Text, Tail = Tail, Attributes = new PyDict(Attributes) };
        copy.Children.AddRange(Children.Select(child => child.Copy()));
        return copy;
    }

    /// <summary>All text inside.</summary>
    public string AllText() => string.Concat(Children.Select(child => child.AllText() + child.Tail).Prepend(Text ?? string.Empty));

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "tag" => Tag,
            "text" => Text,
            "tail" => Tail,
            "attrib" => Attributes,
            "get" => new PyFunction(name, arguments => Attributes.TryGetValue(arguments[0], out var found) ? found : arguments.Get(1, "default"), TypeName),
            "find" => new PyFunction(name, arguments => XmlPaths.Find(this, arguments.Text(0, "path")).FirstOrDefault(), TypeName),
            "findall" => new PyFunction(name, arguments => new PyList(XmlPaths.Find(this, arguments.Text(0, "path"))), TypeName),
            "findtext" => new PyFunction(name, arguments => XmlPaths.Find(this, arguments.Text(0, "path")).FirstOrDefault() is { } found
                ? found.Text ?? string.Empty
                : arguments.Get(1, "default"), TypeName),
            "iter" => new PyFunction(name, arguments => new PyGenerator("generator", SelfAndDescendants()
                .Where(node => arguments.Get(0, "tag") is not string wanted || wanted == "*" || node.Tag == wanted)), TypeName),
            "itertext" => new PyFunction(name, _ => new PyGenerator("generator", [AllText()]), TypeName),
            _ => null,
        };
        return value is not null || name is "text" or "tail";
    }

    public bool TrySetAttribute(string name, object? value)
    {
        switch (name)
        {
            case "tag":
                Tag = PyText.Str(value);
                return true;
            case "text":
                Text = value is null ? null : PyText.Str(value);
                return true;
            case "tail":
                Tail = value is null ? null : PyText.Str(value);
                return true;
            default:
                return false;
        }
    }
}
