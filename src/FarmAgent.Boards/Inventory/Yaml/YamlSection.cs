using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FarmAgent.Boards.Inventory.Yaml;

/// <summary>
/// One mapping of a file, read key by key. Values that are wrong are logged and read as null, so that reading goes on and finds the
/// next problem; keys that nobody asked for are logged by <see cref="RefuseUnknownKeys"/>.
/// </summary>
internal sealed class YamlSection
{
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly ProblemLog _log;
    private readonly string _path;
    private readonly Mark _start;

    public YamlSection(YamlMappingNode node, string path, ProblemLog log)
    {
        (_path, _log, _start) = (path, log, node.Start);
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                _entries[name] = (key, value);
            }
            else
            {
                log.Add(key.Start, path, "a key must be plain text.");
            }
        }
    }

    public Mark Start => _start;

    public string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    /// <summary>Place of a key's value, or of the section when it is absent.</summary>
    public Mark PlaceOf(string key) => _entries.TryGetValue(key, out var entry) ? entry.Value.Start : _start;

    public void Complain(string key, string message) => _log.Add(PlaceOf(key), PathOf(key), message);

    public bool Has(string key)
    {
        _known.Add(key);
        return _entries.ContainsKey(key);
    }

    public string? Text(string key)
    {
        if (!Has(key))
        {
            return null;
        }

        if (_entries[key].Value is YamlScalarNode { Value: { } text } && text.Trim().Length > 0 && !IsPlainNull(_entries[key].Value))
        {
            return text.Trim();
        }

        Complain(key, "needs a text; leave the key out to have none.");
        return null;
    }

    public string RequiredText(string key)
    {
        if (!Has(key))
        {
            _log.Add(_start, PathOf(key), "is missing.");
        }

        return Text(key) ?? "";
    }

    public int? Number(string key, int lowest, int highest)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= lowest && number <= highest)
        {
            return number;
        }

        Complain(key, $"{text} is not a whole number from {lowest} to {highest}.");
        return null;
    }

    public double? Fraction(string key, double lowest, double highest)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest)
        {
            return number;
        }

        Complain(key, $"{text} is not a number from {lowest} to {highest}.");
        return null;
    }

    /// <summary>One of a few words, each standing for a value.</summary>
    public T? Choice<T>(string key, params ReadOnlySpan<(string Word, T Value)> choices)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        var words = new List<string>();
        foreach (var (word, value) in choices)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
            {
                return value;
            }

            words.Add(word);
        }

        Complain(key, $"'{text}' is not one of {string.Join(", ", words)}.{Suggestions.DidYouMean(text, words)}");
        return null;
    }

    public bool? Flag(string key) => Choice(key, ("true", true), ("false", false));

    /// <summary>A mapping of plain texts, such as labels.</summary>
    public IReadOnlyDictionary<string, string> Texts(string key)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Section(key) is { } section)
        {
            foreach (var name in section._entries.Keys)
            {
                if (section.Text(name) is { } text)
                {
                    texts[name] = text;
                }
            }
        }

        return texts;
    }

    /// <summary>A list of plain texts; an element that is none is logged and left out.</summary>
    public IReadOnlyList<string> List(string key)
    {
        if (!Has(key))
        {
            return [];
        }

        if (_entries[key].Value is not YamlSequenceNode list)
        {
            Complain(key, "needs a list: [one, two].");
            return [];
        }

        var texts = new List<string>();
        foreach (var item in list.Children)
        {
            if (item is YamlScalarNode { Value.Length: > 0 } scalar)
            {
                texts.Add(scalar.Value);
            }
            else
            {
                _log.Add(item.Start, PathOf(key), "needs texts as its elements.");
            }
        }

        return texts;
    }

    public YamlSection? Section(string key)
    {
        if (!Has(key))
        {
            return null;
        }

        if (_entries[key].Value is YamlMappingNode mapping)
        {
            return new YamlSection(mapping, PathOf(key), _log);
        }

        Complain(key, "needs keys of its own, indented below it.");
        return null;
    }

    /// <summary>A list of mappings; an element that is none is logged and left out.</summary>
    public IEnumerable<YamlSection> Sections(string key)
    {
        if (!Has(key))
        {
            yield break;
        }

        if (_entries[key].Value is not YamlSequenceNode list)
        {
            Complain(key, "needs a list: lines that start with '- '.");
            yield break;
        }

        for (var i = 0; i < list.Children.Count; i++)
        {
            var path = $"{PathOf(key)}[{i}]";
            if (list.Children[i] is YamlMappingNode mapping)
            {
                yield return new YamlSection(mapping, path, _log);
            }
            else
            {
                _log.Add(list.Children[i].Start, path, "needs keys, for example '- name: …'.");
            }
        }
    }

    /// <summary>Logs every key that was never asked for: most are typing mistakes.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var (name, entry) in _entries.Where(e => !_known.Contains(e.Key)))
        {
            _log.Add(entry.Key.Start, PathOf(name), $"is not a known key.{Suggestions.DidYouMean(name, _known)} Known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }
    }

    private static bool IsPlainNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "~" or "null" or "Null" or "NULL" };
}
