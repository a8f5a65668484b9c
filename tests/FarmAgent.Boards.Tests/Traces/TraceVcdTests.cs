using System.Diagnostics;
using System.Globalization;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Tests.Sessions;
using FarmAgent.Boards.Traces;
using FarmAgent.Boards.Traces.Export;
using FarmAgent.TestKit;

namespace FarmAgent.Boards.Tests.Traces;

public sealed class TraceVcdTests
{
    [Fact]
    public async Task Write_TwinsTraffic_FollowsTheGrammar()
    {
        var text = await RecordAsync();

        var ids = CheckHeader(text);

        var time = -1L;
        foreach (var line in text[(text.IndexOf("$enddefinitions", StringComparison.Ordinal) + "$enddefinitions $end\n".Length)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
            {
                var next = long.Parse(line.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
                Assert.True(next > time, $"time went from {time} to {next}");
                time = next;
            }
            else if (line is not ("$dumpvars" or "$end"))
            {
                Assert.Matches("^[01x][!-~]{1,3}$", line);
                Assert.Contains(line[1..], ids);
            }
        }
    }

    [Fact]
    public async Task Write_ReadByALogicAnalyser_ItsI2cDecoderSeesTheSameBytes()
    {
        var sigrok = RequiredTool.Find("sigrok-cli", "sigrok-cli");
        var file = Path.Combine(Path.GetTempPath(), $"farm-{Guid.NewGuid():N}.vcd");
        try
        {
            await File.WriteAllTextAsync(file, await RecordAsync(), TestContext.Current.CancellationToken);

            var decoded = await RunAsync(sigrok, ["-i", file, "-I", "vcd", "-P", "i2c:scl=i2c0_SCL:sda=i2c0_SDA", "-A", "i2c=address-write:address-read:data-write:data-read"]);

            Assert.Equal(
                [
                    "i2c-1: Address write: 08", "i2c-1: Data write: 00", "i2c-1: Address read: 08", "i2c-1: Data read: BE",
                    "i2c-1: Address write: 08", "i2c-1: Data write: 01", "i2c-1: Address read: 08", "i2c-1: Data read: EF",
                ],
                decoded.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.Contains(':', StringComparison.Ordinal) && l.Split(':').Length == 3));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Write_SerialBytes_AreReadByALogicAnalyser()
    {
        var sigrok = RequiredTool.Find("sigrok-cli", "sigrok-cli");
        var file = Path.Combine(Path.GetTempPath(), $"farm-{Guid.NewGuid():N}.vcd");
        try
        {
            var entry = new TraceEntry(1, TimeSpan.Zero, TimeSpan.Zero, TraceChannel.Serial, "console", TraceAction.SerialIn, "", 0, default, 0, "Up 1"u8.ToArray(), 4);
            await using (var writer = new StreamWriter(file))
            {
                TraceVcd.Write(SeedBoard.Description, [entry with { Channel = TraceChannel.Mark }, entry with { Start = TimeSpan.FromMilliseconds(1) }], writer);
            }

            var decoded = await RunAsync(sigrok, ["-i", file, "-I", "vcd", "-P", "uart:rx=console_RX:baudrate=115200:format=ascii", "-A", "uart=rx-data"]);

            Assert.Equal(["uart-1: U", "uart-1: p", "uart-1:  ", "uart-1: 1"], decoded.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Write_NothingRecorded_IsAWholeFile()
    {
        using var text = new StringWriter();

        TraceVcd.Write(SeedBoard.Description, [], text);

        CheckHeader(text.ToString());
    }

    private static async Task<string> RecordAsync()
    {
        await using var bench = await TwinBench.StartAsync();
        var leased = await bench.LeaseAsync();
        await leased.FlashAsync("expander.bin");
        var first = bench.Board.Trace.NextSequence;
        bench.Board.GetGpioLine("PG11").ConfigureOutput(leased.Token, initialHigh: true);
        await TraceTwinTests.ReadAsync(bench, leased, 0x00);
        bench.Board.GetGpioLine("PG11").Write(leased.Token, high: false);
        await TraceTwinTests.ReadAsync(bench, leased, 0x01);
        using var text = new StringWriter();
        TraceVcd.Write(SeedBoard.Description, bench.Board.Trace.Read(first, int.MaxValue), text);
        return text.ToString();
    }

    private static HashSet<string> CheckHeader(string text)
    {
        var tokens = text[..text.IndexOf("$enddefinitions", StringComparison.Ordinal)].Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var depth = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            var end = Array.IndexOf(tokens, "$end", i);
            Assert.True(tokens[i][0] == '$' && end > i, $"no section at '{tokens[i]}'");
            switch (tokens[i])
            {
                case "$scope":
                    depth++;
                    break;
                case "$upscope":
                    depth--;
                    break;
                case "$var":
                    Assert.Equal("wire", tokens[i + 1]);
                    Assert.True(ids.Add(tokens[i + 3]), $"{tokens[i + 3]} is there twice");
                    break;
            }

            i = end;
        }

        Assert.Equal(0, depth);
        return ids;
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}
