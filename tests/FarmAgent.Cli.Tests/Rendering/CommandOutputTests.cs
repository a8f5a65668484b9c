using System.Text.Json;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Tests.Rendering;

public sealed class CommandOutputTests
{
    [Fact]
    public void Error_InJson_IsOneDocumentOnStdoutAndNothingElse()
    {
        using var results = new StringWriter();
        using var notes = new StringWriter();
        new CommandOutput(results, notes, OutputFormat.Json).Error("LEASE_HELD", "b1 is leased", [new("holder", "ci")], 4);
        using var document = JsonDocument.Parse(results.ToString());
        var error = document.RootElement.GetProperty("error");
        Assert.Equal("LEASE_HELD", error.GetProperty("reason").GetString());
        Assert.Equal("ci", error.GetProperty("metadata").GetProperty("holder").GetString());
        Assert.Empty(notes.ToString());
    }

    [Fact]
    public void Error_InText_GoesToStderr()
    {
        using var results = new StringWriter();
        using var notes = new StringWriter();
        new CommandOutput(results, notes, OutputFormat.Text).Error("LEASE_HELD", "b1 is leased", [], 4);
        Assert.Equal("LEASE_HELD: b1 is leased\n", notes.ToString());
        Assert.Empty(results.ToString());
    }

    [Fact]
    public void Result_InJson_KeepsFieldsThatHaveTheirDefault()
    {
        using var results = new StringWriter();
        new CommandOutput(results, TextWriter.Null, OutputFormat.Json).Result(new Line { Name = "PG11" }, _ => { });
        using var document = JsonDocument.Parse(results.ToString());
        Assert.False(document.RootElement.GetProperty("high").GetBoolean());
    }
}
