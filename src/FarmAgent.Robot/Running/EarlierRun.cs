using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using FarmAgent.Robot.Building;

namespace FarmAgent.Robot.Running;

/// <summary>Reads from the output of an earlier run what failed in it.</summary>
internal static class EarlierRun
{
    /// <exception cref="SuiteDataException">The file cannot be used, or nothing failed.</exception>
    public static IReadOnlyList<string> FailedTests(string path, bool emptyIsFine)
    {
        var root = Load(path, "tests or tasks");
        var kind = root.Attribute("rpa")?.Value == "true" ? "tasks" : "tests";
        var failed = root.Elements("suite").SelectMany(suite => Tests(suite, "")).ToList();
        return failed.Count > 0 || emptyIsFine
            ? failed
            : throw new SuiteDataException($"Collecting failed {kind} from '{path}' failed: All {kind} passed.");
    }

    /// <exception cref="SuiteDataException">The file cannot be used, or nothing failed.</exception>
    public static IReadOnlyList<string> FailedSuites(string path, bool emptyIsFine)
    {
        var failed = Load(path, "suites").Elements("suite").SelectMany(suite => Suites(suite, "")).ToList();
        return failed.Count > 0 || emptyIsFine
            ? failed
            : throw new SuiteDataException($"Collecting failed suites from '{path}' failed: All suites passed.");
    }

    private static XElement Load(string path, string kind)
    {
        var isJson = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
        try
        {
            return isJson ? EarlierJsonRun.Load(path) : XDocument.Load(path).Root!;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SuiteDataException(
                $"Collecting failed {kind} from '{path}' failed: Reading {(isJson ? "JSON" : "XML")} source '{path}' failed: No such file or directory");
        }
        catch (JsonException error)
        {
            throw new SuiteDataException(
                $"Collecting failed {kind} from '{path}' failed: Reading JSON source '{path}' failed: Loading JSON data failed: {error.Message}");
        }
        catch (XmlException error)
        {
            throw new SuiteDataException($"Collecting failed {kind} from '{path}' failed: Reading XML source '{path}' failed: {error.Message}");
        }
    }

    private static string Join(string parent, XElement element) =>
        parent.Length == 0 ? element.Attribute("name")?.Value ?? "" : $"{parent}.{element.Attribute("name")?.Value}";

    private static bool Failed(XElement element) => Status(element) == "FAIL";

    private static string? Status(XElement element) => element.Element("status")?.Attribute("status")?.Value;

    // A failing suite teardown fails the tests below that were not skipped, whose own status stays as it was.
    private static bool Failed(XElement test, bool teardownFailed) => Failed(test) || (teardownFailed && Status(test) != "SKIP");

    private static bool TeardownFailed(XElement suite) =>
        suite.Elements("kw").Any(keyword => keyword.Attribute("type")?.Value == "TEARDOWN" && Failed(keyword));

    private static IEnumerable<string> Tests(XElement suite, string parent, bool all = false)
    {
        var name = Join(parent, suite);
        all |= TeardownFailed(suite);
        return suite.Elements("test").Where(test => Failed(test, all)).Select(test => Escape(Join(name, test)))
            .Concat(suite.Elements("suite").SelectMany(child => Tests(child, name, all)));
    }

    private static IEnumerable<string> Suites(XElement suite, string parent, bool all = false)
    {
        var name = Join(parent, suite);
        all |= TeardownFailed(suite);
        var own = suite.Elements("test").Any(test => Failed(test, all)) ? [Escape(name)] : Array.Empty<string>();
        return own.Concat(suite.Elements("suite").SelectMany(child => Suites(child, name, all)));
    }

    private static string Escape(string name) => string.Concat(name.Select(c => c is '*' or '?' or '[' ? $"[{c}]" : c.ToString()));
}
