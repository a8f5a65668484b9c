using FarmAgent.Agent.Hosting;
using FarmAgent.Api.V1;
using FarmAgent.TestKit;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Hosting;

public sealed class BenchFarmTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("benches-").FullName;

    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(RepositoryFiles.At("samples/benches"), "*.bench.yaml").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_SampleBench_HasNoProblem(string file)
    {
        var configuration = AgentConfiguration.Read(new AgentOptions { Benches = [RepositoryFiles.At($"samples/benches/{file}")] }, out var problems);

        Assert.Empty(problems);
        Assert.All(configuration.Inventory.Boards, b => Assert.StartsWith(file.Split('.')[0], b.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_BenchesOfTheConfiguration_AreBoards()
    {
        File.Copy(RepositoryFiles.At("samples/benches/minimal.bench.yaml"), Path.Combine(_folder, "one.yaml"));
        var config = Write("agent.yaml", "benches: [one.yaml]\n");
        var boards = Directory.CreateDirectory(Path.Combine(_folder, "boards.d")).FullName;

        var configuration = AgentConfiguration.Read(new AgentOptions { Config = config, Boards = boards }, out var problems);

        Assert.Empty(problems);
        Assert.Equal("minimal", Assert.Single(configuration.Inventory.Boards).Name);
    }

    [Theory]
    [InlineData("probee: {}", ":20:1: unknown key 'probee'")]
    [InlineData("faults: [{ kind: usb-stal }]", ":20:18: 'kind: usb-stal' has to be one of")]
    [InlineData("faults: [{ kind: cut-wire, net: PZ9 }]", "The bench has no net PZ9")]
    [InlineData("copies: 65", ":20:9: 'copies: 65' has to be a number from 1 to 64")]
    [InlineData("serial: [{ name: s, receive: NO, transmit: SDA }]", "is on the net NO, which the bench does not have")]
    public void Read_BenchWithAMistake_SaysWhereAndWhat(string line, string expected)
    {
        var lines = File.ReadAllLines(RepositoryFiles.At("samples/benches/minimal.bench.yaml")).Where(l => l.Length > 0 && !l.StartsWith('#')).ToList();
        while (lines.Count < 19)
        {
            lines.Add("# filled up");
        }

        var file = Write("wrong.bench.yaml", string.Join('\n', lines.Take(19)) + $"\n{line}\n");

        AgentConfiguration.Read(new AgentOptions { Benches = [file] }, out var problems);

        var problem = Assert.Single(problems);
        Assert.StartsWith(file, problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BenchTwice_IsAProblem()
    {
        var file = RepositoryFiles.At("samples/benches/minimal.bench.yaml");

        AgentConfiguration.Read(new AgentOptions { Benches = [file, file] }, out var problems);

        Assert.Contains("'minimal' is already the name of another board", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Farm_SixteenBoardsAtOnce_NoProbeAndNoChipIsMixedUp()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { Virtual = false, Benches = [RepositoryFiles.At("samples/benches/farm16.bench.yaml")] });
        var image = await agent.UploadAsync("expander.bin");

        var done = await Task.WhenAll(Enumerable.Range(1, 16).Select(number => UseAsync(agent, $"boards/farm16-{number:00}", image)));

        Assert.All(done, (board, index) => Assert.Equal(
            ($"066DFF5355507551871547{index + 1:X2}", $"34FFD905434E3837196708{index + 1:X2}", true), (board.Probe, board.Chip, board.Recognised)));
    }

    private static async Task<(string Probe, string Chip, bool Recognised)> UseAsync(TestAgent agent, string board, string image)
    {
        var lease = (await agent.LeaseAsync(new AcquireLeaseRequest { Board = board })).Name;
        using var call = agent.Client.Flash.Flash(new FlashRequest { Board = board, Lease = lease, Image = image }, cancellationToken: TestAgent.Cancellation);
        var receipt = (await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation))[^1].Event.Receipt;
        await agent.Client.Bench.AdvanceClockAsync(
            new AdvanceClockRequest { Board = board, Lease = lease, Duration = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromMilliseconds(60)) },
            cancellationToken: TestAgent.Cancellation);
        var probe = await agent.Client.I2c.ProbeExpanderAsync(new ProbeExpanderRequest { Board = board, Lease = lease }, cancellationToken: TestAgent.Cancellation);
        var chip = await agent.Client.Debug.ReadMemoryAsync(
            new ReadMemoryRequest { Board = board, Lease = lease, Address = 0x1FFF_F7E8, Length = 12 }, cancellationToken: TestAgent.Cancellation);
        return (receipt.ProbeSerial, Convert.ToHexString(chip.Data.Span), probe.Recognised);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
