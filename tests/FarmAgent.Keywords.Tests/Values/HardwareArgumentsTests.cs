using FarmAgent.Keywords.Sessions;

namespace FarmAgent.Keywords.Tests.Values;

public sealed class HardwareArgumentsTests : IDisposable
{
    private readonly FarmSession _session = FarmSession.WithoutBoard();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("expander.Read    ten", "reg: 'ten' is not a number. Write it as 12 or 0x0C.")]
    [InlineData("expander.Set Pin    9    1", "index: 9 is not in 0..7.")]
    [InlineData("expander.Set Pin    0    maybe", "value: 'maybe' is neither 0 nor 1.")]
    [InlineData("I2c Transfer    0x80", "address: 0x80 is not in 0x08..0x77.")]
    [InlineData("I2c Transfer    0x08    write=xyz", "write: 'xyz' is not a row of hex bytes such as 00 1F.")]
    [InlineData("Reset Board    mode=hard", "mode: 'HARD' is neither run nor halt.")]
    [InlineData("Serial Should Contain    x    timeout=soon", "ValueError: Invalid time string 'soon'.")]
    [InlineData("Wait For Serial    (    timeout=1s", "pattern: '(' is not a regular expression")]
    public void Keyword_BadArgument_SaysWhatIsAccepted(string step, string expected) =>
        Assert.StartsWith(expected, SuiteText.Failure(_session, step), StringComparison.Ordinal);

    [Theory]
    [InlineData("expander.Probe")]
    [InlineData("host.Read Pin    PG11")]
    [InlineData("Board Info")]
    [InlineData("I2c Scan")]
    public void Keyword_RunWithoutBoard_SaysHowToGetOne(string step) =>
        Assert.Contains("farmctl run SUITE", SuiteText.Failure(_session, step), StringComparison.Ordinal);
}
