using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>The standard library XML: reading, checking and changing XML.</summary>
internal sealed partial class XmlLibrary : IKeywordLibrary
{
    private const string Path = "xpath: str='.'";
    private const string Normalized = "normalize_whitespace: bool=False";
    private const string Message = "message: str | None=None";

    private static readonly KeywordDescriptor[] Table = [.. Reading(), .. Checks(), .. Changing(), .. Writing()];

    public string Name => "XML";

    public IReadOnlyList<KeywordDescriptor> Keywords => Table;

    private static XmlNode Element(KeywordArguments a) => XmlSources.Find(a["source"], a.Text("xpath"));

    private static List<XmlNode> Elements(KeywordArguments a) => XmlSources.FindAll(a["source"], a.Text("xpath"));

    private static string TextOf(XmlNode node, KeywordArguments a)
    {
        var text = node.AllText();
        return PyTruth.Of(a["normalize_whitespace"]) ? string.Join(' ', PyWhitespace.Words(text)) : text;
    }
}
