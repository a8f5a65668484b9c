using System.Text.Json;
using System.Xml.Linq;

namespace FarmAgent.Robot.Tests.Conformance;

/// <summary>One recorded run: its command line and what the original gave for it.</summary>
internal sealed class ConformanceJob
{
    private readonly JsonElement _job;
    private readonly string _folder;
    private readonly string _base;
    private readonly Dictionary<string, string> _places;

    public ConformanceJob(string file, string folder, string work)
    {
        _job = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        (_folder, _base) = (folder, Path.Combine(work, Name));
        _places = ((string[])["OUT", "TMP", "CWD", "SUITES", "TASKS"]).ToDictionary(name => $"<{name}>", name => Path.Combine(_base, name.ToLowerInvariant()));
    }

    public string Name => _job.GetProperty("job").GetString()!;

    /// <summary>Runs the job in this process and lists what differs; counts the tests and the equal ones.</summary>
    public List<string> Run(ref int tests, ref int equal)
    {
        Prepare();
        if (_job.TryGetProperty("first", out var first))
        {
            Execute(first, _places["<TMP>"] + "/first");
        }

        var code = Execute(_job, _places["<OUT>"]);
        var differences = new List<string>();
        var expected = _job.GetProperty("expected");
        if (expected.GetProperty("rc").GetInt32() != code)
        {
            differences.Add($"{Name}: exit code {expected.GetProperty("rc")} expected, got {code}");
        }

        var output = Path.Combine(_places["<OUT>"], _job.TryGetProperty("output", out var name) ? name.GetString()! : "output.xml");
        var wanted = expected.GetProperty("output");
        if (wanted.ValueKind == JsonValueKind.Object && File.Exists(output))
        {
            CompareSuite(wanted.GetProperty("suite"), XDocument.Load(output).Root!.Element("suite")!, differences, ref tests, ref equal);
        }

        return differences;
    }

    private static IEnumerable<string> Strings(JsonElement list) => list.EnumerateArray().Select(item => item.GetString()!);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private void Prepare()
    {
        foreach (var token in (string[])["<OUT>", "<TMP>", "<CWD>"])
        {
            Directory.CreateDirectory(_places[token]);
        }

        foreach (var name in (string[])["suites", "tasks"])
        {
            Copy(Path.Combine(_folder, name), Path.Combine(_base, name));
        }

        if (_job.TryGetProperty("files", out var files))
        {
            foreach (var file in files.EnumerateObject())
            {
                File.WriteAllText(Real(file.Name), Real(file.Value.GetString()!));
            }
        }

        Directory.SetCurrentDirectory(_places["<CWD>"]);
        Environment.SetEnvironmentVariable("TMPDIR", _places["<TMP>"]);
        Environment.SetEnvironmentVariable("TEMPDIR", _places["<TMP>"]);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.GetDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    private int Execute(JsonElement job, string output) => RobotProgram.Run(
        ["--outputdir", output, .. Strings(job.GetProperty("options")).Select(Real), .. Strings(job.GetProperty("paths")).Select(Real)],
        new RobotHost { Stdout = TextWriter.Null, Stderr = TextWriter.Null });

    private string Real(string text) =>
        _places.Aggregate(text, (current, place) => current.Replace(place.Key, place.Value, StringComparison.Ordinal));

    private string Tokens(string? text) => _places.Aggregate(
        text ?? "", (current, place) => current.Replace(place.Value, place.Key, StringComparison.Ordinal));

    private void CompareSuite(JsonElement wanted, XElement suite, List<string> differences, ref int tests, ref int equal)
    {
        var found = suite.Elements("test").ToList();
        foreach (var test in wanted.GetProperty("tests").EnumerateArray())
        {
            tests++;
            var index = found.FindIndex(candidate => candidate.Attribute("name")?.Value == Text(test, "name"));
            var problem = index < 0 ? "is missing" : Difference(test, found[index]);
            if (problem is null)
            {
                equal++;
            }
            else
            {
                differences.Add($"{Name}: {Text(test, "name")} {problem}");
            }

            if (index >= 0)
            {
                found.RemoveAt(index);
            }
        }

        foreach (var child in wanted.GetProperty("suites").EnumerateArray())
        {
            if (suite.Elements("suite").FirstOrDefault(candidate => candidate.Attribute("name")?.Value == Text(child, "name")) is { } match)
            {
                CompareSuite(child, match, differences, ref tests, ref equal);
            }
        }
    }

    private string? Difference(JsonElement wanted, XElement test)
    {
        var status = test.Element("status")!;
        if (Text(wanted, "status") != status.Attribute("status")!.Value)
        {
            return $"should be {Text(wanted, "status")}: {status.Value}";
        }

        // Patterns for texts that differ from run to run are objects; traces of the original are its own.
        var isText = !wanted.TryGetProperty("message", out var message) || message.ValueKind == JsonValueKind.String;
        if (isText && !Text(wanted, "message").Contains("PYTHONPATH", StringComparison.Ordinal) && !status.Value.Contains("PYTHONPATH", StringComparison.Ordinal)
            && Text(wanted, "message") != Tokens(status.Value))
        {
            return $"should say '{Text(wanted, "message")}', says '{Tokens(status.Value)}'";
        }

        return TreeDifference(wanted.GetProperty("body"), test);
    }

    private string? TreeDifference(JsonElement wanted, XElement parent)
    {
        string[] others = ["msg", "arg", "var", "value", "tag", "doc", "meta", "timeout", "status", "pattern"];
        var items = parent.Elements().Where(element => !others.Contains(element.Name.LocalName)).ToList();
        var nodes = wanted.ValueKind == JsonValueKind.Array
            ? wanted.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("kind", out _)).ToList()
            : [];
        if (nodes.Count != items.Count)
        {
            return $"has {items.Count} steps in <{parent.Name}>, should have {nodes.Count}";
        }

        foreach (var (node, item) in nodes.Zip(items))
        {
            var (kind, name, status) = (Text(node, "kind"), Text(node, "name"), Text(node, "status"));
            var got = (item.Name.LocalName, Tokens(item.Attribute("name")?.Value), item.Element("status")!.Attribute("status")!.Value);
            if (got != (kind, name, status))
            {
                return $"has step {got}, should have {(kind, name, status)}";
            }

            if (TreeDifference(node.TryGetProperty("body", out var body) ? body : default, item) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }
}
