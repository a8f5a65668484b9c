using System.Globalization;
using System.Text.Json;
using FarmAgent.TestKit;

namespace FarmAgent.Benchmarks;

/// <summary>Prints a table and writes <c>artifacts/bench/NAME.json</c>.</summary>
internal static class BenchReport
{
    public static void Publish(string name, IReadOnlyList<Figure> figures)
    {
        Console.WriteLine($"{"FIGURE",-58} {"VALUE",10} {"GOAL",10}  UNIT  {"RATIO",6}");
        foreach (var figure in figures)
        {
            var peer = figure.PeerValue is { } value ? string.Create(CultureInfo.InvariantCulture, $"  {figure.Peer}: {value:0.0}, {value / figure.Value:0.0} times as much") : string.Empty;
            var bound = figure.Bound is { } least ? string.Create(CultureInfo.InvariantCulture, $"  bound {least:0}") : string.Empty;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{figure.Name,-58} {figure.Value,10:0.0} {(figure.LargerIsBetter ? ">=" : "<=")} {figure.Goal,7:0.0}  {figure.Unit,-4}  {figure.Ratio,6:0.00}{bound}{peer}"));
        }

        var path = RepositoryFiles.At($"artifacts/bench/{name}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("machine", $"{Environment.ProcessorCount} x {ProcessorModel()}");
        writer.WriteStartArray("figures");
        foreach (var figure in figures)
        {
            writer.WriteStartObject();
            writer.WriteString("name", figure.Name);
            writer.WriteNumber("value", Math.Round(figure.Value, 2));
            writer.WriteString("unit", figure.Unit);
            writer.WriteNumber("goal", figure.Goal);
            writer.WriteString("peer", figure.Peer);
            if (figure.PeerValue is { } peerValue)
            {
                writer.WriteNumber("peer_value", Math.Round(peerValue, 2));
            }
            else
            {
                writer.WriteNull("peer_value");
            }

            if (figure.Bound is { } bound)
            {
                writer.WriteNumber("bound", Math.Round(bound, 2));
            }

            writer.WriteNumber("ratio", Math.Round(figure.Ratio, 3));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string ProcessorModel() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
}
