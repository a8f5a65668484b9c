using System.Globalization;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>The part of XPath that ElementTree has: names, wildcards, <c>.</c>, <c>..</c>, <c>//</c> and simple predicates.</summary>
internal static class XmlPaths
{
    private static readonly PyRegex Predicate = PyRegex.Compile(
        @"\s*(?:(?P<last>last\(\)\s*(?:-\s*(?P<back>\d+))?)|(?P<index>-?\d+)|(?P<attr>@)?(?P<name>\.|(?:\{[^}]*\})?[^\s=!\[\]@'""]+)\s*(?:(?P<op>!?=)\s*(?P<q>['""])(?P<value>.*?)(?P=q))?)\s*");

    /// <summary>The elements that a path selects, in document order.</summary>
    /// <exception cref="PyErrorException">SyntaxError for a path that cannot be read.</exception>
    public static List<XmlNode> Find(XmlNode root, string path)
    {
        if (path.EndsWith('/'))
        {
            path += "*";
        }

        if (path.StartsWith('/'))
        {
            throw new PyErrorException("SyntaxError", "cannot use absolute path on element");
        }

        var parents = new Dictionary<XmlNode, XmlNode>(ReferenceEqualityComparer.Instance);
        foreach (var parent in root.SelfAndDescendants())
        {
            foreach (var child in parent.Children)
            {
                parents[child] = parent;
            }
        }

        List<XmlNode> current = [root];
        var isDescendant = false;
        foreach (var step in Split(path))
        {
            if (step.Length == 0)
            {
                isDescendant = true;
                continue;
            }

            current = Apply(current, step, isDescendant, parents);
            isDescendant = false;
        }

        return isDescendant ? throw new PyErrorException("SyntaxError", "invalid path") : current;
    }

    /// <summary>The steps between slashes; an empty one stands for <c>//</c>.</summary>
    private static List<string> Split(string path)
    {
        var steps = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= path.Length; i++)
        {
            var c = i < path.Length ? path[i] : '/';
            depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
            if (c == '/' && (depth == 0 || i == path.Length))
            {
                steps.Add(path[start..i]);
                start = i + 1;
            }
        }

        return steps;
    }

    private static List<XmlNode> Apply(List<XmlNode> nodes, string step, bool isDescendant, Dictionary<XmlNode, XmlNode> parents)
    {
        var bracket = step.StartsWith('{') ? step.IndexOf('[', step.IndexOf('}', StringComparison.Ordinal) + 1) : step.IndexOf('[', StringComparison.Ordinal);
        var name = (bracket < 0 ? step : step[..bracket]).Trim();
        var found = new List<XmlNode>();
        switch (name)
        {
            case ".":
                found.AddRange(isDescendant ? nodes.SelectMany(node => node.SelfAndDescendants()) : nodes);
                break;
            case "..":
                found.AddRange(nodes.Select(node => parents.GetValueOrDefault(node)).OfType<XmlNode>().Distinct(ReferenceEqualityComparer.Instance).Cast<XmlNode>());
                break;
            case "":
                throw new PyErrorException("SyntaxError", "invalid path");
            default:
                found.AddRange(nodes
                    .SelectMany(node => isDescendant ? node.SelfAndDescendants().Skip(1) : node.Children)
                    .Where(node => HasName(node, name))
                    .Distinct(ReferenceEqualityComparer.Instance).Cast<XmlNode>());
                break;
        }

        return bracket < 0 ? found : Predicates(step[bracket..]).Aggregate(found, (left, predicate) => Filter(left, predicate, parents));
    }

    private static bool HasName(XmlNode node, string name)
    {
        if (name == "*" || node.Tag == name)
        {
            return true;
        }

        var local = node.Tag[(node.Tag.IndexOf('}', StringComparison.Ordinal) + 1)..];
        return name.StartsWith("{*}", StringComparison.Ordinal)
            ? name == "{*}*" || local == name[3..]
            : name.EndsWith("}*", StringComparison.Ordinal)
                ? node.Tag.StartsWith(name[..^1], StringComparison.Ordinal)
                : name.StartsWith("{}", StringComparison.Ordinal) && node.Tag == name[2..];
    }

    private static IEnumerable<string> Predicates(string text)
    {
        while (text.Length > 0)
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            if (text[0] != '[' || end < 0)
            {
                throw new PyErrorException("SyntaxError", "invalid path");
            }

            yield return text[1..end];
            text = text[(end + 1)..].TrimStart();
        }
    }

    private static List<XmlNode> Filter(List<XmlNode> nodes, string predicate, Dictionary<XmlNode, XmlNode> parents)
    {
        var match = Predicate.FullMatch(predicate) ?? throw new PyErrorException("SyntaxError", "invalid predicate");
        if (match.Group("last") is not null)
        {
            var back = match.Group("back") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
            return nodes.FindAll(node => Siblings(node, parents) is { } same && same.Count > back && ReferenceEquals(same[same.Count - 1 - back], node));
        }

        if (match.Group("index") is { } number)
        {
            var index = int.Parse(number, CultureInfo.InvariantCulture);
            return index < 1
                ? throw new PyErrorException("SyntaxError", "XPath position >= 1 expected")
                : nodes.FindAll(node => Siblings(node, parents) is { } same && same.Count >= index && ReferenceEquals(same[index - 1], node));
        }

        var (name, value, isEqual) = (match.Group("name")!, match.Group("value"), match.Group("op") != "!=");
        if (match.Group("attr") is not null)
        {
            return nodes.FindAll(node => node.Attributes.TryGetValue(name, out var found)
                && (value is null || (found as string == value) == isEqual));
        }

        if (name == ".")
        {
            return nodes.FindAll(node => value is not null && (node.AllText() == value) == isEqual);
        }

        return nodes.FindAll(node => Find(node, name).Exists(child => value is null || (child.AllText() == value) == isEqual));
    }

    private static List<XmlNode>? Siblings(XmlNode node, Dictionary<XmlNode, XmlNode> parents) =>
        parents.TryGetValue(node, out var parent) ? parent.Children.FindAll(child => child.Tag == node.Tag) : null;
}
