using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Tests.Rendering;

public sealed class ExpanderTextTests
{
    [Theory]
    [InlineData("PA0", 0u, 0u)]
    [InlineData("pc13", 2u, 13u)]
    public void ParsePin_PortAndNumber_GivesBoth(string text, uint port, uint pin) => Assert.Equal((port, pin), ExpanderText.ParsePin(text));

    [Theory]
    [InlineData("PA16")]
    [InlineData("PF0")]
    [InlineData("A0")]
    [InlineData("P")]
    public void ParsePin_NoPinOfTheChip_IsRefused(string text) => Assert.Throws<UsageException>(() => ExpanderText.ParsePin(text));

    [Fact]
    public void WriteTable_NamesPinsAndConfiguration()
    {
        using var writer = new StringWriter();
        ExpanderText.WriteTable(writer, [
            new ExpanderGpio { Index = 0, Port = 0, Pin = 0, Output = true, Value = true },
            new ExpanderGpio { Index = 1, Port = 2, Pin = 13, Inverted = true },
            new ExpanderGpio { Index = 2, Port = 0xFF, Pin = 0xFF },
        ]);
        Assert.Equal(
            """
            GPIO  PIN   CONFIG              VALUE
            0     PA0   output, starts low  1
            1     PC13  input, inverted     0
            2     -     input               0

            """,
            writer.ToString());
    }
}
