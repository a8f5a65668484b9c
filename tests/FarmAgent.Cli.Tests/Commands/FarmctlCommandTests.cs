using FarmAgent.Cli.Commands;

namespace FarmAgent.Cli.Tests.Commands;

public sealed class FarmctlCommandTests
{
    [Theory]
    [InlineData("agent info")]
    [InlineData("boards -o json")]
    [InlineData("lease acquire --ttl 5m --purpose tests")]
    [InlineData("lease renew leases/x")]
    [InlineData("--board b1 flash app.elf --verify readback --reset halt --base 0x08004000 --dry-run")]
    [InlineData("erase --start 0x08000000 --length 1024")]
    [InlineData("reset --halt")]
    [InlineData("mem read 0x20000000 16")]
    [InlineData("i2c transfer 0x08 --write 0x00 --read 2")]
    [InlineData("i2c write 0x08 0x02 0xFF")]
    [InlineData("expander config 0 PA0 --high")]
    [InlineData("gpio set 203 1")]
    [InlineData("serial tail -f")]
    [InlineData("run --flash app.elf suites/ -- -v BOARD:neo2 -t One --loglevel DEBUG")]
    [InlineData("runs artifacts r-1 --output out")]
    public void Parse_VerbsOfTheManual_AreUnderstood(string line) => Assert.Empty(FarmctlCommand.Create().Parse(line).Errors);

    [Theory]
    [InlineData("flash")]
    [InlineData("bogus")]
    [InlineData("lease")]
    [InlineData("-o xml boards")]
    [InlineData("flash a.elf --reset sometimes")]
    public async Task RunAsync_BadCommandLine_ExitsWith2(string line) =>
        Assert.Equal(2, await FarmctlCommand.RunAsync(line.Split(' ')));

    [Fact]
    public async Task RunAsync_NoAgentThere_ExitsWith6() =>
        Assert.Equal(6, await FarmctlCommand.RunAsync(["--agent", "unix:/nonexistent/agent.sock", "boards"]));
}
