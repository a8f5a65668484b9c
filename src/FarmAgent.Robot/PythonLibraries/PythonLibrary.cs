using System.Text.Json;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>An instance of a library that lives in the Python process.</summary>
/// <param name="host">The process.</param>
/// <param name="services">What it may ask of the run.</param>
/// <param name="name">Name of the library.</param>
/// <param name="scope">How long it lives.</param>
/// <param name="description">How the host describes it.</param>
internal sealed class PythonLibrary(PythonHost host, PythonServices services, string name, LibraryScope scope, JsonElement description) : IKeywordLibrary
{
    private IReadOnlyList<KeywordDescriptor>? _keywords;

    /// <summary>The process it lives in.</summary>
    public PythonHost Host { get; } = host;

    /// <summary>Its number there.</summary>
    public int Number { get; } = description.GetProperty("lib").GetInt32();

    /// <summary>The object that it is there.</summary>
    public PythonObject Instance => (PythonObject)Host.Wire.Read(description.GetProperty("instance"))!;

    public string Name => name;

    public LibraryScope Scope => scope;

    public IReadOnlyList<KeywordDescriptor> Keywords =>
        _keywords ??= [.. description.GetProperty("keywords").EnumerateArray().Select(ToDescriptor)];

    private KeywordDescriptor ToDescriptor(JsonElement keyword)
    {
        var number = keyword.GetProperty("keyword").GetInt32();
        // A keyword that cannot be used says why when it is called.
        var problem = keyword.TryGetProperty("error", out var error) ? error.GetString() : null;
        var documentation = keyword.GetProperty("doc").GetString()!;
        var spec = new PythonSignatureReader(Host, keyword.GetProperty("typed").GetBoolean()).Read(keyword.GetProperty("args"));
        return new KeywordDescriptor(keyword.GetProperty("name").GetString()!, spec, (context, arguments) => Run(number, context, arguments))
        {
            Problem = problem,
            Documentation = documentation,
            Tags = [.. keyword.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!), .. Building.DocumentationTags.Of(documentation)],
        };
    }

    private object? Run(int keyword, IKeywordContext context, KeywordArguments arguments) => services.Within(context, () =>
    {
        var answer = Host.Ask("run", json =>
        {
            json.WriteNumber("lib", Number);
            json.WriteNumber("keyword", keyword);
            json.WritePropertyName("args");
            Host.Wire.WriteItems(json, arguments.Given.Positional);
            json.WritePropertyName("named");
            Host.Wire.WritePairs(json, arguments.Given.Named);
        }, context.Cancellation);
        return Host.Wire.Read(answer[0]);
    });
}
