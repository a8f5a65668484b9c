using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace FarmAgent.Agent.Configuration;

/// <summary>
/// One mapping of a configuration file. Each key is taken once by the reader that knows it; what nobody took is a mistake, since it is most
/// likely a misspelt key. Mistakes are collected with their place; a reader goes on with the default.
/// </summary>
internal sealed class ConfigMap
{
    private readonly YamlMappingNode _node;
    private readonly ConfigProblems _problems;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlNode> _untaken = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    internal ConfigMap(string file, string path, YamlMappingNode node, ConfigProblems problems)
    {
        File = file;
        Path = path;
        _node = node;
        _problems = problems;
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                _values[name] = value;
                _untaken[name] = key;
            }
            else
            {
                problems.Add(file, key, "a key must be a word");
            }
        }
    }

    /// <summary>Path of the file.</summary>
    public string File { get; }

    /// <summary>Where in the file, for messages: <c>gpio[1]</c>; empty for the root.</summary>
    public string Path { get; }

    /// <summary>Keys as written, for mappings whose keys are the user's own.</summary>
    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>True when the key is there.</summary>
    /// <param name="key">The key.</param>
    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>Takes a text.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Null when it is not there or no text.</returns>
    public string? TakeText(string key)
    {
        if (!Take(key, out var node))
        {
            return null;
        }

        if (node is YamlScalarNode { Value.Length: > 0 } scalar)
        {
            return scalar.Value;
        }

        _problems.Add(File, node, $"{NameOf(key)} must be a text");
        return null;
    }

    /// <summary>Takes a text that must be there.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The text; empty when it is missing (a mistake by then).</returns>
    public string TakeRequiredText(string key)
    {
        if (!Has(key))
        {
            _known.Add(key);
            Complain($"{NameOf(key)} is missing");
            return "";
        }

        return TakeText(key) ?? "";
    }

    /// <summary>Takes one of several words.</summary>
    /// <param name="key">The key.</param>
    /// <param name="allowed">The words; the first is the default.</param>
    public string TakeWord(string key, params ReadOnlySpan<string> allowed)
    {
        if (TakeText(key) is not { } word)
        {
            return allowed[0];
        }

        if (allowed.Contains(word))
        {
            return word;
        }

        Complain(key, $"is '{word}'; write {string.Join(" or ", allowed!)}");
        return allowed[0];
    }

    /// <summary>Takes true or false.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">Value when it is not there.</param>
    public bool TakeFlag(string key, bool fallback)
    {
        switch (TakeText(key))
        {
            case null:
                return fallback;
            case "true":
                return true;
            case "false":
                return false;
            case var other:
                Complain(key, $"is '{other}'; write true or false");
                return fallback;
        }
    }

    /// <summary>Takes a whole number, decimal or 0x hex.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">Value when it is not there.</param>
    /// <param name="least">Least value allowed.</param>
    /// <param name="most">Greatest value allowed.</param>
    public int TakeNumber(string key, int fallback, int least, int most)
    {
        if (TakeText(key) is not { } text)
        {
            return fallback;
        }

        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (int.TryParse(
                isHex ? text.AsSpan(2) : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        Complain(key, $"is '{text}'; write a whole number from {least} to {most}");
        return fallback;
    }

    /// <summary>Takes a duration such as <c>10m</c>, <c>30s</c>, <c>1h</c>, <c>250ms</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">Value when it is not there.</param>
    public TimeSpan TakeDuration(string key, TimeSpan fallback)
    {
        if (TakeText(key) is not { } text)
        {
            return fallback;
        }

        if (ConfigDuration.TryParse(text, out var duration))
        {
            return duration;
        }

        Complain(key, $"is '{text}'; write a number with its unit: 250ms, 30s, 10m or 1h");
        return fallback;
    }

    /// <summary>Takes a mapping.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Null when it is not there or no mapping.</returns>
    public ConfigMap? TakeMap(string key)
    {
        if (!Take(key, out var node))
        {
            return null;
        }

        if (node is YamlMappingNode map)
        {
            return new ConfigMap(File, NameOf(key), map, _problems);
        }

        _problems.Add(File, node, $"{NameOf(key)} must be a mapping (key: value)");
        return null;
    }

    /// <summary>Takes a list of mappings.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<ConfigMap> TakeMaps(string key) => TakeList(key)
        .Select((item, index) => (item, name: $"{NameOf(key)}[{index}]"))
        .Where(i => i.item is YamlMappingNode || Refuse(i.item, $"{i.name} must be a mapping (key: value)"))
        .Select(i => new ConfigMap(File, i.name, (YamlMappingNode)i.item, _problems))
        .ToList();

    /// <summary>Takes a list of texts.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<string> TakeTexts(string key) => TakeList(key)
        .Select((item, index) => (item, name: $"{NameOf(key)}[{index}]"))
        .Where(i => i.item is YamlScalarNode { Value.Length: > 0 } || Refuse(i.item, $"{i.name} must be a text"))
        .Select(i => ((YamlScalarNode)i.item).Value!)
        .ToList();

    /// <summary>Says that a value is wrong.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="text">What is wrong with it and what would be right; the key's name is put before.</param>
    public void Complain(string key, string text)
    {
        var node = _values.TryGetValue(key, out var value) ? value : _node;
        _problems.Add(File, node, $"{NameOf(key)} {text}");
    }

    /// <summary>Says that this mapping is wrong as a whole.</summary>
    /// <param name="text">What is wrong and what would be right.</param>
    public void Complain(string text) => _problems.Add(File, _node, text);

    /// <summary>Makes a mistake of every key that nobody took. To be called last.</summary>
    public void RefuseTheRest()
    {
        foreach (var (key, node) in _untaken)
        {
            var where = Path.Length == 0 ? "" : $" in {Path}";
            _problems.Add(File, node, $"unknown key '{key}'{where}; known are: {string.Join(", ", _known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}");
        }
    }

    private IReadOnlyList<YamlNode> TakeList(string key)
    {
        if (!Take(key, out var node))
        {
            return [];
        }

        if (node is YamlSequenceNode list)
        {
            return [.. list.Children];
        }

        _problems.Add(File, node, $"{NameOf(key)} must be a list (- item)");
        return [];
    }

    private bool Refuse(YamlNode node, string text)
    {
        _problems.Add(File, node, text);
        return false;
    }

    private bool Take(string key, [NotNullWhen(true)] out YamlNode? node)
    {
        _known.Add(key);
        _untaken.Remove(key);
        return _values.TryGetValue(key, out node);
    }

    private string NameOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}
