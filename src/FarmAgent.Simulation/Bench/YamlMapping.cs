using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FarmAgent.Simulation.Bench;

/// <summary>Reads one mapping of a bench file by keys and remembers which were asked for, so that the others are errors.</summary>
internal sealed class YamlMapping
{
    private readonly string _file;
    private readonly YamlNode _node;
    private readonly Dictionary<string, (YamlScalarNode Key, YamlNode Value)> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public YamlMapping(string file, YamlNode node)
    {
        _file = file;
        _node = node;
        if (node is not YamlMappingNode mapping)
        {
            throw Problem(node, "a mapping of keys is expected here");
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } scalar)
            {
                throw Problem(key, "a key has to be a plain word");
            }

            _entries.Add(name, (scalar, value));
        }
    }

    /// <summary>Reads a text that is one YAML document with a mapping at its root.</summary>
    /// <exception cref="BenchFileException">It is not.</exception>
    public static YamlMapping Load(TextReader reader, string file)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(reader);
        }
        catch (YamlException mistake)
        {
            throw new BenchFileException(file, mistake.Start.Line, mistake.Start.Column, $"this is not YAML: {mistake.Message}", mistake);
        }

        if (yaml.Documents.Count != 1)
        {
            throw new BenchFileException(file, 1, 1, $"one YAML document is expected, {yaml.Documents.Count} were found");
        }

        return new YamlMapping(file, yaml.Documents[0].RootNode);
    }

    /// <summary>Throws for the first key that nobody asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var (name, entry) in _entries)
        {
            if (!_known.Contains(name))
            {
                throw Problem(entry.Key, $"unknown key '{name}'; known here are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
            }
        }
    }

    public bool Has(string key) => Find(key) is not null;

    public string Text(string key) => OptionalText(key) ?? throw Problem(_node, $"the key '{key}' is missing");

    public string? OptionalText(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } text } => text,
        { } other => throw Problem(other, $"'{key}' has to be a word"),
    };

    public int Number(string key, int absent, int minimum, int maximum) => OptionalText(key) is not { } text ? absent : Parse(key, text, minimum, maximum);

    public int Number(string key, int minimum, int maximum) => Parse(key, Text(key), minimum, maximum);

    public double Decimal(string key, double absent)
    {
        var text = OptionalText(key);
        return text is null
            ? absent
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw Problem(Find(key)!, $"'{key}: {text}' is no number such as 3.3");
    }

    /// <summary>A time such as <c>250us</c>, <c>5ms</c>, <c>2s</c> or <c>1min</c>.</summary>
    public TimeSpan? Duration(string key)
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }

        var number = text.TrimEnd([.. "umsinh"]);
        TimeSpan? unit = text[number.Length..] switch
        {
            "us" => TimeSpan.FromMicroseconds(1),
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "min" => TimeSpan.FromMinutes(1),
            _ => null,
        };
        return unit is { } known && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                && value > 0 && value * known <= TimeSpan.FromHours(1)
            ? value * known
            : throw Problem(Find(key)!, $"'{key}: {text}' is no time such as 250us, 5ms, 2s or 1min, up to 60min");
    }

    public bool Flag(string key) => OptionalText(key) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw Problem(Find(key)!, $"'{key}: {other}' has to be true or false"),
    };

    public T Choice<T>(string key, T absent, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (OptionalText(key) is not { } text)
        {
            return absent;
        }

        var words = new List<string>();
        foreach (var (word, value) in choices)
        {
            if (word == text)
            {
                return value;
            }

            words.Add(word);
        }

        throw Problem(Find(key)!, $"'{key}: {text}' has to be one of {string.Join(", ", words)}");
    }

    public YamlMapping Section(string key) => new(_file, Find(key) ?? throw Problem(_node, $"the section '{key}' is missing"));

    public IEnumerable<YamlMapping> Sections(string key) => Items(key).Select(item => new YamlMapping(_file, item));

    public IReadOnlyList<string> Words(string key) =>
    [
        .. Items(key).Select(item => item is YamlScalarNode { Value: { Length: > 0 } word } ? word : throw Problem(item, $"'{key}' is a list of words")),
    ];

    public BenchFileException Problem(string key, string problem) => Problem(Find(key) ?? _node, problem);

    private IEnumerable<YamlNode> Items(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode sequence => sequence.Children,
        { } other => throw Problem(other, $"'{key}' has to be a list"),
    };

    private int Parse(string key, string text, int minimum, int maximum)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return int.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                && value >= minimum && value <= maximum
            ? value
            : throw Problem(Find(key)!, $"'{key}: {text}' has to be a number from {minimum} to {maximum}");
    }

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return _entries.TryGetValue(key, out var entry) ? entry.Value : null;
    }

    private BenchFileException Problem(YamlNode node, string problem) => new(_file, node.Start.Line, node.Start.Column, problem);
}
