using System.Globalization;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Writes the result in the xunit form that CI servers read, when the run is over.</summary>
internal sealed class XunitWriter(string path) : IRobotListener
{
    /// <summary>A message of this start says that the bench, not the firmware, was at fault.</summary>
    private const string BenchErrorTag = "farm:bench-error";

    public void Close(RunResult result, Action<string, string> announce)
    {
        using (var xml = new XmlStream(Utf8Output.Create(path)))
        {
            WriteSuite(xml, result.Suite);
        }

        announce("XUnit", path);
    }

    private static void WriteSuite(XmlStream xml, SuiteResult suite)
    {
        var count = StatisticCount.Of(suite);
        var errors = suite.AllTests.Count(IsBenchError);
        xml.Start(
            "testsuite",
            ("name", suite.Name),
            ("tests", count.Total.ToString(CultureInfo.InvariantCulture)),
            ("errors", errors.ToString(CultureInfo.InvariantCulture)),
            ("failures", (count.Failed - errors).ToString(CultureInfo.InvariantCulture)),
            ("skipped", count.Skipped.ToString(CultureInfo.InvariantCulture)),
            ("time", ResultTimes.Seconds(suite.Elapsed, 3)),
            ("timestamp", ResultTimes.Iso(suite.StartTime)));
        foreach (var child in suite.Suites)
        {
            WriteSuite(xml, child);
        }

        foreach (var test in suite.Tests)
        {
            WriteTest(xml, test);
        }

        if (suite.Documentation.Length > 0 || suite.Metadata.Count > 0)
        {
            xml.Start("properties");
            if (suite.Documentation.Length > 0)
            {
                xml.Element("property", string.Empty, ("name", "Documentation"), ("value", suite.Documentation));
            }

            foreach (var (name, value) in ResultMetadata.Sorted(suite.Metadata))
            {
                xml.Element("property", string.Empty, ("name", name), ("value", value));
            }

            xml.End("properties");
        }

        xml.End("testsuite");
    }

    private static void WriteTest(XmlStream xml, TestResult test)
    {
        xml.Start(
            "testcase", ("classname", test.Parent.FullName), ("name", test.Name), ("time", ResultTimes.Seconds(test.Elapsed, 3)));
        if (IsBenchError(test))
        {
            xml.Element("error", string.Empty, ("message", test.Message), ("type", "BenchError"));
        }
        else if (test.Status == Status.Skip)
        {
            xml.Element("skipped", string.Empty, ("message", test.Message), ("type", "SkipExecution"));
        }
        else if (test.Status != Status.Pass)
        {
            xml.Element("failure", string.Empty, ("message", test.Message), ("type", "AssertionError"));
        }

        xml.End("testcase");
    }

    private static bool IsBenchError(TestResult test) => test.Status == Status.Fail && test.Tags.Contains(BenchErrorTag, StringComparer.Ordinal);
}
