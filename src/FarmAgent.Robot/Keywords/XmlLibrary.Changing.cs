using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Changing elements; each keyword returns the root.</content>
internal sealed partial class XmlLibrary
{
    private static IEnumerable<KeywordDescriptor> Changing() =>
    [
        .. Pair("Set Element Tag", "Set Elements Tag", "tag: str, ", (node, a) => node.Tag = a.Text("tag")),
        .. Pair("Set Element Text", "Set Elements Text", "text: str | None=None, tail: str | None=None, ", (node, a) =>
        {
            node.Text = a.OptionalText("text") ?? node.Text;
            node.Tail = a.OptionalText("tail") ?? node.Tail;
        }),
        .. Pair("Set Element Attribute", "Set Elements Attribute", "name: str, value: str, ", (node, a) =>
        {
            node.Attributes[a.Text("name") is { Length: > 0 } name ? name : throw new KeywordFailedException("Attribute name can not be empty.")] =
                a["value"];
        }),
        .. Pair("Remove Element Attribute", "Remove Elements Attribute", "name: str, ", (node, a) => node.Attributes.Remove(a["name"], out _)),
        .. Pair("Remove Element Attributes", "Remove Elements Attributes", "", (node, _) => node.Attributes.Clear()),
        Plain("Add Element", $"source, element, index: int | None=None, {Path}", (_, a) =>
        {
            var root = XmlSources.Find(a["source"]);
            var parent = XmlSources.Find(root, a.Text("xpath"));
            var added = XmlSources.Find(a["element"]).Copy();
            var index = a["index"] is long given ? given < 0 ? given + parent.Count : given : parent.Count;
            parent.Children.Insert((int)Math.Clamp(index, 0, parent.Count), added);
            return root;
        }),
        Plain("Remove Element", "source, xpath: str='', remove_tail: bool=False", (_, a) =>
        {
            var root = XmlSources.Find(a["source"]);
            Remove(root, XmlSources.Find(root, a.Text("xpath")), PyTruth.Of(a["remove_tail"]));
            return root;
        }),
        Plain("Remove Elements", "source, xpath: str='', remove_tail: bool=False", (_, a) =>
        {
            var root = XmlSources.Find(a["source"]);
            XmlSources.FindAll(root, a.Text("xpath")).ForEach(node => Remove(root, node, PyTruth.Of(a["remove_tail"])));
            return root;
        }),
        Plain("Clear Element", $"source, {Path}, clear_tail: bool=False", (_, a) =>
        {
            var root = XmlSources.Find(a["source"]);
            var node = XmlSources.Find(root, a.Text("xpath"));
            (node.Text, node.Tail) = (null, PyTruth.Of(a["clear_tail"]) ? null : node.Tail);
            node.Attributes.Clear();
            node.Children.Clear();
            return root;
        }),
    ];

    private static IEnumerable<KeywordDescriptor> Pair(string one, string many, string arguments, Action<XmlNode, KeywordArguments> change) =>
    [
        Plain(one, $"source, {arguments}{Path}", (_, a) =>
        {
            var root = XmlSources.Find(a["source"]);
            change(XmlSources.Find(root, a.Text("xpath")), a);
            return root;
        }),
        Plain(many, $"source, {arguments}{Path}", (_, a) =>
        {
            var root = XmlSources.Find(a["source"]);
            XmlSources.FindAll(root, a.Text("xpath")).ForEach(node => change(node, a));
            return root;
        }),
    ];

    private static void Remove(XmlNode root, XmlNode node, bool removeTail)
    {
        var parent = root.SelfAndDescendants().FirstOrDefault(candidate => candidate.Children.Exists(child => ReferenceEquals(child, node)))
            ?? throw new KeywordFailedException("Cannot remove root element.");
        var index = parent.Children.FindIndex(child => ReferenceEquals(child, node));
        if (!removeTail && !string.IsNullOrEmpty(node.Tail))
        {
            if (index == 0)
            {
                parent.Text += node.Tail;
            }
            else
            {
                parent.Children[index - 1].Tail += node.Tail;
            }
        }

        parent.Children.RemoveAt(index);
    }
}
