using System.Text.Json;
using System.Xml.Linq;

namespace FarmAgent.Robot.Running;

/// <summary>Reads of JSON results what tells which tests failed, in the form of XML results.</summary>
internal static class EarlierJsonRun
{
    /// <exception cref="JsonException">The file is not JSON, or is not an object.</exception>
    public static XElement Load(string path)
    {
        using var stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"Expected dictionary, got {(root.ValueKind == JsonValueKind.Array ? "list" : "something else")}.");
        }

        // Results of a suite alone have no frame around it.
        var suite = root.TryGetProperty("suite", out var inner) ? inner : root;
        var isRpa = root.TryGetProperty("rpa", out var rpa) && rpa.ValueKind == JsonValueKind.True;
        return new XElement("robot", isRpa ? new XAttribute("rpa", "true") : null, Suite(suite));
    }

    private static XElement Suite(JsonElement suite) => new(
        "suite",
        Named(suite),
        suite.TryGetProperty("teardown", out var teardown) ? new XElement("kw", new XAttribute("type", "TEARDOWN"), Status(teardown)) : null,
        List(suite, "suites").Select(Suite),
        List(suite, "tests").Select(test => new XElement("test", Named(test), Status(test))));

    private static IEnumerable<JsonElement> List(JsonElement suite, string name) =>
        suite.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static XAttribute Named(JsonElement item) => new("name", Text(item, "name"));

    private static XElement Status(JsonElement item) => new("status", new XAttribute("status", Text(item, "status")));

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
