using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.RemoteLibraries;

/// <summary>Keywords that a server offers.</summary>
internal sealed class RemoteLibrary : IKeywordLibrary, IDisposable
{
    private readonly string _uri;
    private readonly XmlRpcClient _client;
    private readonly PyDict? _information;

    private RemoteLibrary(string uri, TimeSpan? timeout)
    {
        _uri = uri.Contains("://", StringComparison.Ordinal) ? uri : "http://" + uri;
        _client = new XmlRpcClient(_uri, timeout);
        _information = Ask("get_library_information") as PyDict;
        Keywords = [.. Names().Distinct(StringComparer.Ordinal).Select(Describe)];
    }

    /// <inheritdoc/>
    public string Name => "Remote";

    /// <inheritdoc/>
    public LibraryScope Scope => LibraryScope.Suite;

    /// <inheritdoc/>
    public IReadOnlyList<KeywordDescriptor> Keywords { get; }

    /// <summary>Connects to a server.</summary>
    /// <exception cref="VariableSyntaxException">There is none, or it does not say what it offers.</exception>
    public static IKeywordLibrary Create(KeywordArguments arguments)
    {
        TimeSpan? timeout = null;
        var uri = PyText.Str(arguments["uri"]);
        if (arguments["timeout"] is { } written and not "")
        {
            timeout = TimeStrings.TryParse(PyText.Str(written), out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : throw new VariableSyntaxException($"Initializing library 'Remote' with arguments [ {uri} | {PyText.Str(written)} ] failed: "
                    + $"ValueError: Invalid time string '{PyText.Str(written)}'.");
        }

        return new RemoteLibrary(uri, timeout);
    }

    public void Dispose() => _client.Dispose();

    private IEnumerable<string> Names()
    {
        if (_information is not null)
        {
            return _information.Keys.Cast<string>().Where(name => !(name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal)));
        }

        try
        {
            return PyIteration.Items(_client.Call("get_keyword_names", [], CancellationToken.None)).Cast<string>();
        }
        catch (XmlRpcFaultException error)
        {
            throw new VariableSyntaxException("Getting keyword names from library 'Remote' failed: Calling dynamic method 'get_keyword_names' failed: "
                + $"Connecting remote server at {_uri} failed: {error.Message}");
        }
    }

    // Everything that a server may leave out is a question that it may answer with a fault.
    private object? Ask(string method, params IReadOnlyList<object?> arguments)
    {
        try
        {
            return _client.Call(method, arguments, CancellationToken.None);
        }
        catch (XmlRpcFaultException)
        {
            return null;
        }
    }

    private object? Ask(string keyword, string item, string method) => _information is null
        ? Ask(method, keyword)
        : _information[keyword] is PyDict known && known.TryGetValue(item, out var value) ? value : null;

    private KeywordDescriptor Describe(string name)
    {
        var documentation = PyText.Str(Ask(name, "doc", "get_keyword_documentation") ?? "");
        var tags = Ask(name, "tags", "get_keyword_tags");
        string? problem = null;
        List<ParameterSpec> parameters;
        try
        {
            parameters = WrittenSignature.Read(PyIteration.Items(Ask(name, "args", "get_keyword_arguments") ?? new PyList(["*args"])));
            AddTypes(parameters, Ask(name, "types", "get_keyword_types"));
        }
        catch (VariableSyntaxException error)
        {
            (problem, parameters) = (error.Message, []);
        }

        var spec = new ArgumentSpec(parameters);
        return new KeywordDescriptor(CodeNames.ToKeyword(name), spec, (context, arguments) => Run(name, context, arguments))
        {
            Documentation = documentation,
            Problem = problem,
            Tags = [.. (tags is null ? [] : PyIteration.Items(tags)).Select(PyText.Str), .. Building.DocumentationTags.Of(documentation)],
        };
    }

    private static void AddTypes(List<ParameterSpec> parameters, object? types)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            var type = types switch
            {
                PyList list when i < list.Count => list[i],
                PyDict dict when dict.TryGetValue(parameters[i].Name, out var named) => named,
                _ => null,
            };
            if (type is string { Length: > 0 } text)
            {
                parameters[i] = parameters[i] with { Hint = ReadType(text) };
            }
        }
    }

    private static TypeInfo ReadType(string text)
    {
        try
        {
            return TypeReader.Read(text);
        }
        catch (VariableSyntaxException)
        {
            return TypeInfo.Unknown(text);
        }
    }

    private object? Run(string name, IKeywordContext context, KeywordArguments arguments)
    {
        var prepared = new PyList(arguments.Given.Positional.Select(RemoteValues.Prepare));
        var named = new PyDict(arguments.Given.Named.Select(pair => new KeyValuePair<object?, object?>(pair.Key, pair.Value)));
        object?[] call = named.Count == 0 ? [name, prepared] : [name, prepared, RemoteValues.Prepare(named)];
        object? answer;
        try
        {
            answer = _client.Call("run_keyword", call, context.Cancellation);
        }
        catch (XmlRpcFaultException error)
        {
            throw new KeywordFailedException(
                error.Kind switch
                {
                    XmlRpcFaultKind.Connection => $"Connection to remote server broken: {error.Message}",
                    XmlRpcFaultKind.Text => "Processing XML-RPC return value failed. Most often this happens when the return value contains characters that are "
                        + $"not valid in XML. Original error was: ExpatError: {error.Message}",
                    _ => error.Message,
                },
                "",
                error);
        }

        return RemoteAnswer.Finish(answer, context);
    }
}
