using System.Text.Json;
using System.Text.RegularExpressions;

namespace FarmAgent.Robot.Tests.Output;

/// <summary>The bodies in a log, shortened to what they hold: <c>NAME[...]</c>, messages as texts, marks as numbers.</summary>
internal static partial class LogBlocks
{
    /// <summary>The body of a test or suite fixture.</summary>
    public static string Read(string path, string id)
    {
        var html = File.ReadAllText(path);
        using var index = Json(html, "index");
        using var body = Json(html, "b-" + id);
        var strings = index.RootElement.GetProperty("strings").EnumerateArray().Select(text => text.GetString()!).ToList();
        return Shorten(body.RootElement, strings);
    }

    private static string Shorten(JsonElement body, List<string> strings) => string.Join(' ', body.EnumerateArray().Select(item =>
        item.ValueKind == JsonValueKind.Number ? item.GetRawText()
        : item[0].ValueKind != JsonValueKind.Array ? item[2].GetString()
        : $"{Name(item[3], strings)}{((item[1].GetInt32() & 8) != 0 ? "+" : "")}[{Shorten(item[0], strings)}]"));

    private static string Name(JsonElement name, List<string> strings) => name.ValueKind == JsonValueKind.Number ? strings[name.GetInt32()] : name.GetString()!;

    private static JsonDocument Json(string html, string id)
    {
        var match = Block().Matches(html).First(block => block.Groups["id"].Value == id);
        return JsonDocument.Parse(match.Groups["json"].Value);
    }

    [GeneratedRegex("<script type=\"application/json\" id=\"(?<id>[^\"]*)\">(?<json>.*?)</script>", RegexOptions.Singleline, 5000)]
    private static partial Regex Block();
}
