using FarmAgent.Api.V1;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;

namespace FarmAgent.Agent.Tests.Hosting;

public sealed class AgentHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agent-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(TestAgent.Board)]
    public async Task Health_AgentAndBoard_Serve(string service)
    {
        await using var agent = await TestAgent.StartAsync();

        var health = await agent.Client.Health.CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task GetAgent_OwnUser_IsAdministrator()
    {
        await using var agent = await TestAgent.StartAsync();

        var answer = await agent.Client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);

        Assert.Equal(Role.Admin, answer.Caller.Role);
        Assert.StartsWith("uid:", answer.Caller.Identity, StringComparison.Ordinal);
        Assert.Equal(agent.Host.Address, Assert.Single(answer.Agent.Listeners));
        Assert.Equal("", answer.Agent.StateDirectory);
    }

    [Fact]
    public async Task Reflection_ListServices_NamesThemAll()
    {
        await using var agent = await TestAgent.StartAsync();
        var reflection = new ServerReflection.ServerReflectionClient(agent.Client.CreateCallInvoker());
        using var call = reflection.ServerReflectionInfo(cancellationToken: TestAgent.Cancellation);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, TestAgent.Cancellation);
        await call.RequestStream.CompleteAsync();

        Assert.True(await call.ResponseStream.MoveNext(TestAgent.Cancellation));
        var names = call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name).ToList();

        Assert.Equal(16, names.Count(n => n.StartsWith("farmagent.v1.", StringComparison.Ordinal)));
        Assert.Contains("grpc.health.v1.Health", names);
    }

    [Fact]
    public async Task Start_InsecureLoopback_ItsCallersAreOperators()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { InsecureLoopbackPort = 0 });
        using var client = TestAgent.Connect(agent.Host.Listeners[1]);

        var answer = await client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);

        Assert.Equal(("loopback", Role.Operator), (answer.Caller.Identity, answer.Caller.Role));
    }

    [Fact]
    public async Task Start_StateInUse_IsRefused()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });

        var error = await Assert.ThrowsAsync<AgentException>(() => TestAgent.StartAsync(o => o with { State = _folder }));

        Assert.Equal("STATE_IN_USE", error.Reason);
    }

    [Fact]
    public async Task Start_SocketServed_IsRefused()
    {
        var socket = Path.Combine(_folder, "agent.sock");
        await using var agent = await TestAgent.StartAsync(o => o with { Socket = socket });

        var error = await Assert.ThrowsAsync<AgentException>(() => TestAgent.StartAsync(o => o with { Socket = socket }));

        Assert.Equal("SOCKET_IN_USE", error.Reason);
    }

    [Fact]
    public async Task Start_StaleSocketFile_IsReplacedAndOpenToAll()
    {
        var socket = Path.Combine(_folder, "agent.sock");
        await File.WriteAllTextAsync(socket, "", TestAgent.Cancellation);

        await using var agent = await TestAgent.StartAsync(o => o with { Socket = socket });

        await agent.Client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
        Assert.Equal(Convert.ToInt32("666", 8), (int)File.GetUnixFileMode(socket));
    }

    [Fact]
    public async Task Start_StateOfALaterRelease_IsRefused()
    {
        await using (await TestAgent.StartAsync(o => o with { State = _folder }))
        {
        }

        await using (var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder, "state.db")};Pooling=False"))
        {
            await database.OpenAsync(TestAgent.Cancellation);
            await using var command = database.CreateCommand();
            command.CommandText = "PRAGMA user_version=999";
            await command.ExecuteNonQueryAsync(TestAgent.Cancellation);
        }

        var error = await Assert.ThrowsAsync<AgentException>(() => TestAgent.StartAsync(o => o with { State = _folder }));

        Assert.Equal("STATE_UNUSABLE", error.Reason);
    }

    [Fact]
    public async Task Dispose_WatchersOpen_EndsThemAndLeavesNoSocket()
    {
        var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        using var watch = agent.Client.Inventory.WatchBoards(new WatchBoardsRequest(), cancellationToken: TestAgent.Cancellation);
        Assert.True(await watch.ResponseStream.MoveNext(TestAgent.Cancellation));

        await agent.Host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestAgent.Cancellation);

        Assert.False(File.Exists(Path.Combine(_folder, "agent.sock")));
        await agent.DisposeAsync();
    }

    [Fact]
    public async Task ListBoards_LinuxBoardWithoutItsProbe_SaysWhatIsMissing()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "b7.yaml"), "boards:\n  - name: b7\n    backend: linux\n    probe: 0483:3748\n", TestAgent.Cancellation);
        await using var agent = await TestAgent.StartAsync(o => o with { Boards = _folder });

        var boards = await agent.Client.Inventory.ListBoardsAsync(new ListBoardsRequest(), cancellationToken: TestAgent.Cancellation);
        var b7 = Assert.Single(boards.Boards, b => b.Name == "boards/b7");

        Assert.Equal(BoardState.Broken, b7.State);
        Assert.Contains("probe", Assert.Single(b7.Problems), StringComparison.Ordinal);
    }
}
