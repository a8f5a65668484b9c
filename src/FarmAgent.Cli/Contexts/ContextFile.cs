using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FarmAgent.Cli.Contexts;

/// <summary>The contexts of a user: <c>$XDG_CONFIG_HOME/farmctl/config.yaml</c>, which only he reads.</summary>
internal sealed class ContextFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly string[] Keys = ["agent", "ca", "pin", "certificate", "key", "token_file"];

    private readonly SortedDictionary<string, AgentContext> _contexts = new(StringComparer.Ordinal);

    private ContextFile(string path) => Path = path;

    /// <summary>Folder of the user's files.</summary>
    public static string Folder => System.IO.Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } set ? set : System.IO.Path.Combine(Home, ".config"), "farmctl");

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Name of the one in use; null for none.</summary>
    public string? Current { get; set; }

    /// <summary>All, by name.</summary>
    public IReadOnlyCollection<AgentContext> All => _contexts.Values;

    private static string Home => Environment.GetEnvironmentVariable("HOME") ?? "/";

    /// <summary>Reads the file; one that is not there holds none.</summary>
    /// <exception cref="UsageException">It is not as it should be (<c>CONTEXT_INVALID</c>).</exception>
    public static ContextFile Read()
    {
        var path = System.IO.Path.Combine(Folder, "config.yaml");
        var file = new ContextFile(path);
        if (File.Exists(path))
        {
            file.Load();
        }

        return file;
    }

    /// <summary>One of them.</summary>
    /// <exception cref="UsageException">There is none of that name (<c>CONTEXT_UNKNOWN</c>).</exception>
    public AgentContext Get(string name) => _contexts.TryGetValue(name, out var context)
        ? context
        : throw new UsageException("CONTEXT_UNKNOWN", $"There is no context '{name}' in {Path}. farmctl context list shows them; farmctl login makes one.");

    /// <summary>The one with this address; null for none.</summary>
    public AgentContext? ByAddress(string agent) => _contexts.Values.FirstOrDefault(c => c.Agent == agent);

    public void Set(AgentContext context) => _contexts[context.Name] = context;

    public void Remove(string name)
    {
        Get(name);
        _contexts.Remove(name);
        Current = Current == name ? null : Current;
    }

    /// <summary>Writes the file as a whole.</summary>
    public void Save()
    {
        var contexts = new YamlMappingNode();
        foreach (var context in _contexts.Values)
        {
            var node = new YamlMappingNode();
            foreach (var (key, value) in Keys.Zip(ValuesOf(context)))
            {
                if (value is not null)
                {
                    node.Add(key, new YamlScalarNode(value) { Style = ScalarStyle.SingleQuoted });
                }
            }

            contexts.Add(context.Name, node);
        }

        var root = new YamlMappingNode();
        if (Current is { } current)
        {
            root.Add("current", current);
        }

        root.Add("contexts", contexts);
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        WritePrivate(Path, text.ToString());
    }

    /// <summary>Writes a file that only its owner reads, as a whole or not at all.</summary>
    public static void WritePrivate(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!, OwnerOnly | UnixFileMode.UserExecute);
        var partial = path + ".part";
        File.Delete(partial);
        using (var stream = new FileStream(partial, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }

    private static string?[] ValuesOf(AgentContext context) => [context.Agent, context.Authority, context.Pin, context.Certificate, context.Key, context.TokenFile];

    private void Load()
    {
        try
        {
            var stream = new YamlStream();
            using (var reader = File.OpenText(Path))
            {
                stream.Load(reader);
            }

            foreach (var (key, value) in Mapping(stream.Documents.Count == 0 ? new YamlMappingNode() : stream.Documents[0].RootNode))
            {
                switch (key)
                {
                    case "current":
                        Current = Scalar(value);
                        break;
                    case "contexts":
                        foreach (var (name, node) in Mapping(value))
                        {
                            Set(ReadContext(name, node));
                        }

                        break;
                    default:
                        throw Invalid(value, $"unknown key '{key}'; known are current and contexts");
                }
            }
        }
        catch (YamlException e)
        {
            throw new UsageException("CONTEXT_INVALID", $"{Path}:{e.Start.Line}: is no YAML: {e.Message}. Mend the file, or remove it and log in again.");
        }
    }

    private AgentContext ReadContext(string name, YamlNode node)
    {
        var values = Keys.ToDictionary(k => k, _ => (string?)null, StringComparer.Ordinal);
        foreach (var (key, value) in Mapping(node))
        {
            values[values.ContainsKey(key) ? key : throw Invalid(value, $"unknown key '{key}'; known are {string.Join(", ", Keys)}")] = Scalar(value);
        }

        return new AgentContext(name, values["agent"] ?? throw Invalid(node, $"context '{name}' has no agent"))
        {
            Authority = values["ca"],
            Pin = values["pin"],
            Certificate = values["certificate"],
            Key = values["key"],
            TokenFile = values["token_file"],
        };
    }

    private IEnumerable<(string Key, YamlNode Value)> Mapping(YamlNode node) => node is YamlMappingNode map
        ? map.Children.Select(c => (Scalar(c.Key), c.Value))
        : throw Invalid(node, "must be a mapping (key: value)");

    private string Scalar(YamlNode node) => node is YamlScalarNode { Value: { } text } ? text : throw Invalid(node, "must be a text");

    private UsageException Invalid(YamlNode node, string problem) => new("CONTEXT_INVALID", $"{Path}:{node.Start.Line}: {problem}. Mend the file, or remove it and log in again.");
}
