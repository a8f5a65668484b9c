using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Finding elements, texts and attributes.</content>
internal sealed partial class XmlLibrary
{
    private static IEnumerable<KeywordDescriptor> Reading() =>
    [
        Plain("Parse Xml", "source, keep_clark_notation: bool=False, strip_namespaces: bool=False", (_, a) =>
            XmlSources.Parse(a["source"], PyTruth.Of(a["keep_clark_notation"]), PyTruth.Of(a["strip_namespaces"]))),
        Plain("Get Element", $"source, {Path}", (_, a) => Element(a)),
        Plain("Get Elements", "source, xpath: str", (_, a) => new PyList(Elements(a))),
        Plain("Get Child Elements", $"source, {Path}", (_, a) => new PyList(Element(a).Children)),
        Plain("Get Element Count", $"source, {Path}", (context, a) => (long)Count(context, a)),
        Plain("Get Element Text", $"source, {Path}, {Normalized}", (_, a) => TextOf(Element(a), a)),
        Plain("Get Elements Texts", $"source, xpath: str, {Normalized}", (_, a) => new PyList(Elements(a).Select(node => TextOf(node, a)))),
        Plain("Get Element Attribute", $"source, name: str, {Path}, default: object=None", (_, a) =>
            Element(a).Attributes.TryGetValue(a["name"], out var value) ? value : a["default"]),
        Plain("Get Element Attributes", $"source, {Path}", (_, a) => new PyDict(Element(a).Attributes)),
        Plain("Copy Element", $"source, {Path}", (_, a) => Element(a).Copy()),
        Plain("Evaluate Xpath", "source, expression: str, context: str='.'", (_, _) =>
            throw new KeywordFailedException("'Evaluate Xpath' keyword only works in lxml mode.")),
    ];

    private static int Count(IKeywordContext context, KeywordArguments a)
    {
        var count = Elements(a).Count;
        context.Log($"{count} element{ItemTexts.Plural(count)} matched '{a.Text("xpath")}'.");
        return count;
    }
}
