using FarmAgent.Agent.Hosting;

namespace FarmAgent.Agent.Tests.Configuration;

public sealed class AgentConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_EveryKey_IsTaken()
    {
        var configuration = Read("socket: /s/a.sock\nstate: /s\noperator_group: lab\nallow_virtual: true\nrunner:\n  time_limit: 30m\n  stop_grace: 5s\n", out var problems);

        Assert.Empty(problems);
        Assert.Equal(("/s/a.sock", "/s", "lab"), (configuration.SocketPath, configuration.StatePath, configuration.Settings.OperatorGroup));
        Assert.Equal(TimeSpan.FromMinutes(30), configuration.Settings.Runner.TimeLimit);
    }

    [Theory]
    [InlineData("sokcet: /s\n", "agent.yaml:1:1: unknown key 'sokcet'")]
    [InlineData("runner:\n  time_limit: 30\n", "runner.time_limit is '30'; write a number with its unit")]
    [InlineData("runner:\n  command: /nowhere/farmctl\n", "which is not there")]
    [InlineData("allow_virtual: yes\n", "write true or false")]
    [InlineData("state: [a\n", "is no YAML")]
    public void Read_Mistake_SaysWhereAndWhat(string yaml, string expected)
    {
        Read(yaml, out var problems);

        Assert.Contains(problems, p => p.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_MistakesInBothKindsOfFiles_ReportsAll()
    {
        File.WriteAllText(Path.Combine(_folder, "b1.yaml"), "boards:\n  - name: b1\n    backend: dos\n    chipp: x\n");

        Read("sokcet: /s\n", out var problems);

        Assert.True(problems.Count >= 3, string.Join('\n', problems));
    }

    [Fact]
    public void Read_NamedFileNotThere_IsAProblem()
    {
        AgentConfiguration.Read(new AgentOptions { Config = Path.Combine(_folder, "none.yaml"), Boards = _folder }, out var problems);

        Assert.Contains("is not there", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_VirtualAlone_NeedsNoFiles()
    {
        var configuration = AgentConfiguration.Read(new AgentOptions { Virtual = true }, out var problems);

        Assert.Empty(problems);
        Assert.Equal("b1", Assert.Single(configuration.Inventory.Boards).Name);
        Assert.Null(configuration.StatePath);
    }

    private AgentConfiguration Read(string yaml, out IReadOnlyList<string> problems)
    {
        var named = Path.Combine(_folder, "config", "agent.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(named)!);
        File.WriteAllText(named, yaml);
        return AgentConfiguration.Read(new AgentOptions { Config = named, Boards = _folder }, out problems);
    }
}
