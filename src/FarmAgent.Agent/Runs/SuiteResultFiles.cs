namespace FarmAgent.Agent.Runs;

/// <summary>Reads how the tests of a run went from the files that the runner left.</summary>
internal static class SuiteResultFiles
{
    private const string OutputXml = "output.xml";

    /// <summary>Reads them: counts from the runner's report, failures from <c>output.xml</c>; the latter alone when there is no report.</summary>
    /// <returns>Null when there is nothing to be read.</returns>
    public static async Task<SuiteResults?> ReadAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var report = await RunnerReport.ReadAsync(folder.ReportFile, cancellationToken);
        var output = await OutputXmlReader.ReadAsync(Path.Combine(folder.Output, OutputXml), cancellationToken);
        return report is null ? output : report with { Failures = output?.Failures ?? [] };
    }
}
