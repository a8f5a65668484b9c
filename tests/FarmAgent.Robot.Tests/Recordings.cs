using System.Text.Json;
using FarmAgent.TestKit;

namespace FarmAgent.Robot.Tests;

/// <summary>Results recorded from Python 3.11 and from Robot Framework 7.5b2.dev1: one JSON object a line.</summary>
internal static class Recordings
{
    public static string PathOf(string relative) => RepositoryFiles.At("tests/FarmAgent.Robot.Tests/" + relative);

    public static IEnumerable<JsonElement> Read(string relative)
    {
        foreach (var line in File.ReadLines(PathOf(relative)))
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
