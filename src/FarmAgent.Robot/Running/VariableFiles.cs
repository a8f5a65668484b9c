using System.Text.Json;
using FarmAgent.Robot.PythonLibraries;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FarmAgent.Robot.Running;

/// <summary>Reads variable files in JSON, YAML and Python.</summary>
internal static class VariableFiles
{
    /// <summary>Variables of a file by undecorated name.</summary>
    /// <exception cref="VariableSyntaxException">The file cannot be used.</exception>
    public static IReadOnlyList<KeyValuePair<string, object?>> Read(string path, IReadOnlyList<object?> arguments, PythonRuntime python)
    {
        try
        {
            return ReadFile(path, arguments, python);
        }
        catch (VariableSyntaxException error)
        {
            var with = arguments.Count == 0 ? "" : $"with arguments {PyText.Repr(new PyList(arguments))} ";
            throw new VariableSyntaxException($"Processing variable file '{path}' {with}failed: {error.Message}");
        }
    }

    private static IReadOnlyList<KeyValuePair<string, object?>> ReadFile(string path, IReadOnlyList<object?> arguments, PythonRuntime python)
    {
        var extension = Path.GetExtension(path).ToUpperInvariant();
        var kind = extension switch { ".JSON" => "JSON", ".YAML" or ".YML" => "YAML", _ => "" };
        if (kind.Length == 0)
        {
            return ReadPython(path, arguments, python);
        }

        if (arguments.Count > 0)
        {
            throw new VariableSyntaxException($"{kind} variable files do not accept arguments.");
        }

        var text = File.ReadAllText(path);
        var value = kind == "JSON" ? ParseJson(text) : ParseYaml(text);
        return value is PyDict dict
            ? [.. dict.Select(item => new KeyValuePair<string, object?>(PyText.InMessages(item.Key), Dotted(item.Value)))]
            : throw new VariableSyntaxException($"{kind} variable file must be a mapping, got {PyTypeNames.InMessages(value)}.");
    }

    private static IReadOnlyList<KeyValuePair<string, object?>> ReadPython(string path, IReadOnlyList<object?> arguments, PythonRuntime python) =>
        python.IsAvailable
            ? python.ReadVariables(path, arguments)
            : throw new VariableSyntaxException(
                $"Importing variable file '{path}' failed: Python variable files need 'python3', which is not installed. Install it, or use JSON or YAML.");

    private static object? Dotted(object? value) => value is PyDict and not DotDict ? new DotDict((PyDict)value)
        : value is PyList list ? new PyList(list.Select(Dotted)) : value;

    private static object? ParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return FromJson(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new VariableSyntaxException($"Invalid JSON syntax: {error.Message}");
        }
    }

    private static object? FromJson(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return new PyDict(element.EnumerateObject().Select(item => new KeyValuePair<object?, object?>(item.Name, FromJson(item.Value))));
            case JsonValueKind.Array:
                return new PyList(element.EnumerateArray().Select(FromJson));
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                var raw = element.GetRawText();
                return PyNumberParser.TryInteger(raw, 10, out var number) ? number : element.GetDouble();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    private static object? ParseYaml(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 ? null : YamlScalars.FromNode(stream.Documents[0].RootNode);
        }
        catch (YamlException error)
        {
            throw new VariableSyntaxException($"Invalid YAML syntax: {error.Message}");
        }
    }
}
