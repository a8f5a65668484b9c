using System.Xml;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// Reads how the tests went from an <c>output.xml</c>, also from one that breaks off. What a suite wrote is not trusted: no document type,
/// nothing is fetched, and sizes are bounded.
/// </summary>
internal static class OutputXmlReader
{
    private const long LargestFile = 256L << 20;
    private const int MostFailures = 200;
    private const int LongestMessage = 4_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when it is not there, too large, or holds nothing of the kind.</returns>
    public static async Task<SuiteResults?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (new FileInfo(path) is not { Exists: true, LinkTarget: null, Length: <= LargestFile })
        {
            return null;
        }

        await using var file = File.OpenRead(path);
        using var reader = XmlReader.Create(file, new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreWhitespace = true,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
        var tally = new Tally();
        var isComplete = false;
        try
        {
            while (await reader.ReadAsync())
            {
                cancellationToken.ThrowIfCancellationRequested();
                await tally.TakeAsync(reader);
            }

            isComplete = tally.HasStatistics;
        }
        catch (XmlException)
        {
            // It breaks off: what is there counts, and that it breaks off is said.
        }

        return tally.IsEmpty && !isComplete ? null : tally.ToResults(isComplete);
    }

    private sealed class Tally
    {
        private readonly List<TestFailure> _failures = [];
        private string? _test;
        private int _depth;
        private int _passed;
        private int _failed;
        private int _skipped;

        public bool IsEmpty => _passed + _failed + _skipped == 0;

        public bool HasStatistics { get; private set; }

        public SuiteResults ToResults(bool isComplete) => new()
        {
            Passed = _passed,
            Failed = _failed,
            Skipped = _skipped,
            Failures = _failures,
            IsComplete = isComplete,
        };

        public async Task TakeAsync(XmlReader reader)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                return;
            }

            switch (reader.LocalName)
            {
                case "statistics" when reader.Depth == 1:
                    HasStatistics = true;
                    break;
                case "test":
                    (_test, _depth) = (reader.GetAttribute("name") ?? "", reader.Depth);
                    break;
                case "status" when _test is not null && reader.Depth == _depth + 1:
                    await TakeStatusAsync(reader, _test);
                    _test = null;
                    break;
            }
        }

        private async Task TakeStatusAsync(XmlReader reader, string test)
        {
            switch (reader.GetAttribute("status"))
            {
                case "PASS":
                    _passed++;
                    break;
                case "SKIP":
                    _skipped++;
                    break;
                case "FAIL":
                    _failed++;
                    if (_failures.Count < MostFailures)
                    {
                        _failures.Add(new TestFailure(test, await ReadTextAsync(reader)));
                    }

                    break;
            }
        }

        private static async Task<string> ReadTextAsync(XmlReader reader)
        {
            if (reader.IsEmptyElement || !await reader.ReadAsync() || reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace))
            {
                return "";
            }

            var buffer = new char[LongestMessage];
            var length = 0;
            int count;
            while (length < buffer.Length && (count = await reader.ReadValueChunkAsync(buffer, length, buffer.Length - length)) > 0)
            {
                length += count;
            }

            return new string(buffer, 0, length);
        }
    }
}
