using FarmAgent.Agent.Runs;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class RunnerReportTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task ReadAsync_Report_GivesCountsAndVacuousTests()
    {
        var report = (await ReadAsync("""{"passed":5,"failed":1,"skipped":2,"vacuous":["Light On","Light Off"]}"""))!;

        Assert.Equal((5, 1, 2), (report.Passed, report.Failed, report.Skipped));
        Assert.Equal(["Light On", "Light Off"], report.Vacuous);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"passed":5}""")]
    [InlineData("""{"passed":-1,"failed":0,"skipped":0}""")]
    [InlineData("""{"passed":"5","failed":0,"skipped":0}""")]
    [InlineData("""{"passed":1e99,"failed":0,"skipped":0}""")]
    public async Task ReadAsync_Nonsense_IsNull(string text) => Assert.Null(await ReadAsync(text));

    [Fact]
    public async Task ReadAsync_NoFile_IsNull() => Assert.Null(await RunnerReport.ReadAsync(_scratch.At("none"), TestContext.Current.CancellationToken));

    private Task<SuiteResults?> ReadAsync(string text) => RunnerReport.ReadAsync(_scratch.Write("report.json", text), TestContext.Current.CancellationToken);
}
