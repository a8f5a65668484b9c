namespace FarmAgent.Robot.Tests.Conformance;

[Collection(ConformanceCollection.Name)]
public sealed class ConformanceTests
{
    [Fact]
    public void RecordedSuites_RunHere_GiveTheRecordedResults()
    {
        var folder = ConformanceFolder.Find();
        Assert.SkipWhen(folder is null, "The recorded suites are not beside this checkout (FARM_SHARED).");
        var (here, temporary) = (Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable("TMPDIR"));
        var work = Directory.CreateTempSubdirectory("robot-conformance").FullName;
        var (tests, equal) = (0, 0);
        var differences = new List<string>();
        try
        {
            foreach (var file in Directory.GetFiles(Path.Combine(folder, "expected"), "*.json").Order(StringComparer.Ordinal))
            {
                differences.AddRange(new ConformanceJob(file, folder, work).Run(ref tests, ref equal));
            }
        }
        finally
        {
            Directory.SetCurrentDirectory(here);
            Environment.SetEnvironmentVariable("TMPDIR", temporary);
            Environment.SetEnvironmentVariable("TEMPDIR", null);
            Directory.Delete(work, recursive: true);
        }

        Assert.True(equal >= tests * Share, $"{equal} of {tests} tests as recorded\n{string.Join('\n', differences.Take(40))}");
    }

    /// <summary>The least share of tests with equal status, message and steps. It only ever rises.</summary>
    private const double Share = 1;
}
