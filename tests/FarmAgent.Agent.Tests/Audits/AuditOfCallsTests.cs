using FarmAgent.Agent.Audits;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Tests.Security;
using FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tests.Audits;

public sealed class AuditOfCallsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audited-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Lease_GrantedAndReleased_HasOneEntryEach()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        var lease = await agent.LeaseAsync();
        await agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = lease.Name }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal(["granted", "released"], Entries(agent).Where(e => e.Kind == "lease").Select(e => e.What));
    }

    [Fact]
    public async Task Transfers_Many_AreOneEntryWithTheirCount()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        var lease = await agent.LeaseAsync();
        for (var i = 0; i < 20; i++)
        {
            await agent.Client.Debug.ReadMemoryAsync(
                new ReadMemoryRequest { Board = TestAgent.Board, Lease = lease.Name, Address = 0x0800_0000, Length = 4 }, cancellationToken: TestAgent.Cancellation);
        }

        var entries = Entries(agent).Where(e => e.Kind == "io").ToList();

        Assert.Equal(20, entries.Sum(e => e.Count));
        Assert.True(entries.Count < 10, $"{entries.Count} entries");
        Assert.All(entries, e => Assert.Equal(("b1", "DebugService/ReadMemory"), (e.Board, e.What)));
    }

    [Fact]
    public async Task AdministratorsAct_WhenAnswered_IsOnTheDisk()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        await agent.Client.Security.CreateTokenAsync(
            new CreateTokenRequest { Name = "ci", Grants = { new Api.V1.RoleGrant { Role = Role.Viewer } } }, cancellationToken: TestAgent.Cancellation);

        var lines = AuditFolder.List(agent.Host.Core.Audit.Folder).SelectMany(File.ReadLines);

        Assert.Contains(lines, l => l.Contains("SecurityService/CreateToken", StringComparison.Ordinal) && l.Contains("\"target\":\"ci\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusals_Repeated_AreOneEntryWithTheirCount()
    {
        await using var farm = await NetworkFarm.StartAsync();
        using var client = farm.Connect(farm.Token("ci", CallerRole.Viewer));
        for (var i = 0; i < 5; i++)
        {
            await TestAgent.FailAsync(() => client.Security.ListTokensAsync(new ListTokensRequest(), cancellationToken: TestAgent.Cancellation).ResponseAsync);
        }

        farm.Host.Core.Audit.Flush();
        var refused = Read(farm.Host.Core.Audit.Folder).Where(e => e.Kind == "refused").ToList();

        Assert.Equal(("token:ci", "SecurityService/ListTokens", "NOT_AUTHORISED"), (refused[0].Who, refused[0].What, refused[0].Outcome));
        Assert.Equal(5, refused.Sum(r => r.Count));
    }

    [Fact]
    public async Task Owner_WithLineEndsInIt_IsNoLineOfItsOwn()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });

        var error = await TestAgent.FailAsync(() => agent.LeaseAsync(new AcquireLeaseRequest { Board = TestAgent.Board, Owner = "ci\n12:00 INF everything is fine" }));

        Assert.Equal("LEASE_REQUEST_INVALID", error.Reason);
    }

    private static List<AuditEntry> Entries(TestAgent agent)
    {
        agent.Host.Core.Audit.Flush();
        return Read(agent.Host.Core.Audit.Folder);
    }

    private static List<AuditEntry> Read(string folder) =>
    [
        .. AuditFolder.List(folder).SelectMany(AuditFolder.LinesOf).Select(l => AuditLine.TryRead(l.Line, out var record) ? record.Entry : throw new InvalidDataException()),
    ];
}
