using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Writes the tree of suites and tests of a log as JSON, without their bodies. Fields that are empty are left out.</summary>
internal sealed class LogIndexWriter(Utf8Output output)
{
    private bool _isFirst = true;

    public void Write(SuiteResult suite)
    {
        output.Write("{"u8);
        _isFirst = true;
        Text("id"u8, suite.Id);
        Text("name"u8, suite.Name);
        Text("source"u8, suite.Source);
        Common(suite.Documentation, suite.Metadata, suite.Status, suite.Message, suite.StartTime, suite.Elapsed);
        Name("suites"u8);
        List(suite.Suites, Write);
        Name("tests"u8);
        List(suite.Tests, Write);
        output.Write("}\n"u8);
    }

    private void Write(TestResult test)
    {
        output.Write("{"u8);
        _isFirst = true;
        Text("id"u8, test.Id);
        Text("name"u8, test.Name);
        Text("timeout"u8, test.Timeout);
        if (test.Tags.Count > 0)
        {
            Name("tags"u8);
            List(test.Tags, tag => JsonText.Write(output, tag));
        }

        Common(test.Documentation, test.Metadata, test.Status, test.Message, test.StartTime, test.Elapsed);
        output.Write("}\n"u8);
    }

    private void Common(
        string documentation,
        IList<KeyValuePair<string, string>> metadata,
        Status status,
        string message,
        DateTimeOffset start,
        TimeSpan elapsed)
    {
        Text("doc"u8, documentation);
        if (metadata.Count > 0)
        {
            Name("meta"u8);
            List(ResultMetadata.Sorted(metadata), item =>
            {
                output.Write("["u8);
                JsonText.Write(output, item.Key);
                output.Write(","u8);
                JsonText.Write(output, item.Value);
                output.Write("]"u8);
            });
        }

        Text("status"u8, status.ToText());
        Text("message"u8, message);
        Text("start"u8, ResultTimes.Iso(start));
        Name("elapsed"u8);
        output.Write((long)elapsed.TotalMicroseconds);
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        output.Write(_isFirst ? "\""u8 : ",\""u8);
        _isFirst = false;
        output.Write(name);
        output.Write("\":"u8);
    }

    private void Text(ReadOnlySpan<byte> name, string text)
    {
        if (text.Length > 0)
        {
            Name(name);
            JsonText.Write(output, text);
        }
    }

    private void List<T>(IEnumerable<T> items, Action<T> write)
    {
        output.Write("["u8);
        var isFirst = true;
        foreach (var item in items)
        {
            output.Write(isFirst ? ""u8 : ","u8);
            isFirst = false;
            write(item);
        }

        output.Write("]"u8);
        _isFirst = false;
    }
}
