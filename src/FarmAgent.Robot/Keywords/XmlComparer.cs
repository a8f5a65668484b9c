using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Compares two elements part by part; the first difference is the failure.</summary>
internal sealed class XmlComparer(bool isPattern, bool normalizeSpace, bool sortChildren, bool excludeChildren)
{
    public void Compare(XmlNode actual, XmlNode expected) => Compare(actual, expected, actual.Tag, isRoot: true);

    private void Compare(XmlNode actual, XmlNode expected, string path, bool isRoot)
    {
        var where = isRoot ? string.Empty : $" at '{path}'";
        CheckEqual(actual.Tag, expected.Tag, $"Different tag name{where}");
        CheckEqual(SortedNames(actual), SortedNames(expected), $"Different attribute names{where}");
        foreach (var (name, value) in actual.Attributes)
        {
            Check(PyText.Str(value), PyText.Str(expected.Attributes[name]), $"Different value for attribute '{PyText.Str(name)}'{where}");
        }

        Check(TextOf(actual.Text), TextOf(expected.Text), $"Different text{where}");
        if (!isRoot)
        {
            Check(TextOf(actual.Tail), TextOf(expected.Tail), $"Different tail text{where}");
        }

        if (!excludeChildren)
        {
            CompareChildren(actual, expected, path, where);
        }
    }

    private void CompareChildren(XmlNode actual, XmlNode expected, string path, string where)
    {
        CheckEqual((long)actual.Count, (long)expected.Count, $"Different number of child elements{where}");
        if (sortChildren)
        {
            Sort(actual);
            Sort(expected);
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (first, second) in actual.Children.Zip(expected.Children).ToList())
        {
            seen[first.Tag] = seen.GetValueOrDefault(first.Tag) + 1;
            var index = seen[first.Tag] == 1 ? string.Empty : $"[{seen[first.Tag]}]";
            Compare(first, second, $"{path}/{first.Tag}{index}", isRoot: false);
        }
    }

    /// <summary>Children change places, the texts between them do not.</summary>
    private static void Sort(XmlNode node)
    {
        var tails = node.Children.ConvertAll(child => child.Tail);
        var sorted = node.Children.OrderBy(child => child.Tag, StringComparer.Ordinal).ToList();
        node.Children.Clear();
        node.Children.AddRange(sorted);
        for (var i = 0; i < tails.Count; i++)
        {
            node.Children[i].Tail = tails[i];
        }
    }

    private static PyList SortedNames(XmlNode node) => PyOrdering.Sorted(node.Attributes.Keys);

    private string TextOf(string? text) => normalizeSpace ? string.Join(' ', PyWhitespace.Words(text ?? string.Empty)) : text ?? string.Empty;

    private void Check(string actual, string expected, string message)
    {
        if (!isPattern)
        {
            CheckEqual(actual, expected, message);
        }
        else if (!new GlobPattern(expected).Matches(actual))
        {
            throw new KeywordFailedException($"{message}: '{actual}' does not match '{expected}'");
        }
    }

    private static void CheckEqual(object actual, object expected, string message)
    {
        if (!PyEquality.AreEqual(actual, expected))
        {
            throw new KeywordFailedException($"{message}: {ItemTexts.Difference(actual, expected)}");
        }
    }
}
