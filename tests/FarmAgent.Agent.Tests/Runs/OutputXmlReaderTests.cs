using FarmAgent.Agent.Runs;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class OutputXmlReaderTests : IDisposable
{
    private const string Start = """
        <?xml version="1.0" encoding="UTF-8"?>
        <robot generator="FarmAgent" rpa="false" schemaversion="5">
        <suite id="s1" name="Expander">
        <test id="s1-t1" name="Probe STM32"><kw name="Probe"><status status="FAIL">not the test's</status></kw><status status="PASS" elapsed="0.1"/></test>
        <test id="s1-t2" name="Read Pin"><status status="FAIL" elapsed="0.1">[bench] PROBE_DISCONNECTED: The probe is gone. Plug it in.</status></test>
        """;

    private const string End = """
        <test id="s1-t3" name="Later"><status status="SKIP" elapsed="0.1">Not today</status></test>
        <status status="FAIL"/>
        </suite>
        <statistics><total><stat pass="1" fail="1" skip="1">All Tests</stat></total></statistics>
        </robot>
        """;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task ReadAsync_WholeFile_CountsTestsByTheirOwnStatus()
    {
        var results = (await ReadAsync(Start + End))!;

        Assert.Equal((1, 1, 1, true), (results.Passed, results.Failed, results.Skipped, results.IsComplete));
    }

    [Fact]
    public async Task ReadAsync_CutOff_KeepsWhatIsThereAndSaysSo()
    {
        var results = (await ReadAsync(Start + "<test id='s1-t3' name='La"))!;

        Assert.Equal((1, 1, 0, false), (results.Passed, results.Failed, results.Skipped, results.IsComplete));
    }

    [Fact]
    public async Task ReadAsync_BenchFault_IsReadFromTheFailedTest()
    {
        var fault = Assert.Single((await ReadAsync(Start + End))!.BenchFaults());

        Assert.Equal(("PROBE_DISCONNECTED", "The probe is gone. Plug it in.", "Read Pin"), (fault.Reason, fault.Message, fault.Evidence[0].Finding));
    }

    [Fact]
    public async Task ReadAsync_DocumentType_IsNotRead() =>
        Assert.Null(await ReadAsync("<!DOCTYPE robot [<!ENTITY a SYSTEM \"/etc/passwd\">]><robot>&a;</robot>"));

    [Fact]
    public async Task ReadAsync_LongMessage_IsCut()
    {
        var results = await ReadAsync($"<robot><suite><test name=\"T\"><status status=\"FAIL\">{new string('x', 100_000)}</status></test></suite></robot>");

        Assert.Equal(4_000, results!.Failures[0].Message.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no xml")]
    public async Task ReadAsync_NothingOfTheKind_IsNull(string text) => Assert.Null(await ReadAsync(text));

    [Fact]
    public async Task ReadAsync_NoFile_IsNull() => Assert.Null(await OutputXmlReader.ReadAsync(_scratch.At("none.xml"), TestContext.Current.CancellationToken));

    [Fact]
    public async Task ReadAsync_Link_IsNotFollowed()
    {
        File.CreateSymbolicLink(_scratch.At("link.xml"), _scratch.Write("real.xml", Start + End));

        Assert.Null(await OutputXmlReader.ReadAsync(_scratch.At("link.xml"), TestContext.Current.CancellationToken));
    }

    private Task<SuiteResults?> ReadAsync(string text) => OutputXmlReader.ReadAsync(_scratch.Write("output.xml", text), TestContext.Current.CancellationToken);
}
