using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Security.Certificates;
using FarmAgent.Agent.Security.Setup;
using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Security;

public sealed class NetworkTests
{
    [Fact]
    public async Task Call_Token_GoesByItsNameAndRole()
    {
        await using var farm = await NetworkFarm.StartAsync();
        using var client = farm.Connect(farm.Token("ci", CallerRole.Operator));

        var answer = await client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);

        Assert.Equal(("token:ci", Role.Operator), (answer.Caller.Identity, answer.Caller.Role));
    }

    [Fact]
    public async Task Call_CertificateWithRole_GoesByItsName()
    {
        await using var farm = await NetworkFarm.StartAsync("roles:\n  - {who: 'cert:anna', role: viewer}\n  - {who: 'cert:anna', role: operator, boards: [b1]}\n");
        using var client = farm.Connect(tls: farm.Certificate("anna"));

        var answer = await client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);

        Assert.Equal(("cert:anna", Role.Operator), (answer.Caller.Identity, answer.Caller.Role));
    }

    [Fact]
    public async Task Call_CertificateWithoutRole_IsRefused()
    {
        await using var farm = await NetworkFarm.StartAsync();
        using var client = farm.Connect(tls: farm.Certificate("anna"));

        Assert.Equal("NOT_AUTHORISED", (await RefusedAsync(client)).Reason);
    }

    [Fact]
    public async Task Call_CertificateOfAForeignAuthority_IsRefusedInTheHandshake()
    {
        await using var farm = await NetworkFarm.StartAsync("roles: [{who: 'cert:*', role: admin}]\n");
        await using var foreign = await NetworkFarm.StartAsync();
        var tls = foreign.Certificate("anna") with { AuthorityFile = farm.Files.ServerCertificate };
        using var client = farm.Connect(tls: tls);

        Assert.Equal(AgentUnreachableException.Reason, (await RefusedAsync(client)).Reason);
    }

    [Fact]
    public async Task Call_WrongPin_IsRefusedByTheClientWithBothPins()
    {
        await using var farm = await NetworkFarm.StartAsync();
        var wrong = "sha256:" + new string('0', 64);
        using var client = farm.Connect(farm.Token("ci", CallerRole.Viewer), new FarmTlsOptions { Pin = wrong });

        var error = await RefusedAsync(client);

        Assert.Contains(wrong, error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.AgentUnreachable, error.ExitCode);
    }

    [Fact]
    public async Task Call_RightPin_NeedsNoAuthority()
    {
        await using var farm = await NetworkFarm.StartAsync();
        using var certificate = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(farm.Files.ServerCertificate, TestAgent.Cancellation));
        using var client = farm.Connect(farm.Token("ci", CallerRole.Viewer), new FarmTlsOptions { Pin = CertificateMaker.PinOf(certificate) });

        await client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
    }

    [Fact]
    public async Task Handshake_OlderThanTls13_IsRefused()
    {
        await using var farm = await NetworkFarm.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(farm.Address.Host, farm.Address.Port, TestAgent.Cancellation);
        await using var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false);

#pragma warning disable CA5398 // The older version is what is tried here.
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls12 };
#pragma warning restore CA5398
        await Assert.ThrowsAnyAsync<Exception>(() => stream.AuthenticateAsClientAsync(options, TestAgent.Cancellation));
    }

    [Fact]
    public async Task Exchange_OneTimeToken_IsGoodOnceAndForNothingElse()
    {
        await using var farm = await NetworkFarm.StartAsync();
        var secret = (await File.ReadAllTextAsync(farm.Files.OneTimeToken, TestAgent.Cancellation)).Trim();
        using var first = farm.Connect(secret);

        var before = await RefusedAsync(first);
        var answer = await first.Security.ExchangeTokenAsync(new ExchangeTokenRequest { Name = "anna" }, cancellationToken: TestAgent.Cancellation);
        var after = await RefusedAsync(first);
        using var lasting = farm.Connect(answer.Secret);
        var agent = await lasting.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);

        Assert.Equal(("NOT_AUTHORISED", "UNAUTHENTICATED", Role.Admin), (before.Reason, after.Reason, agent.Caller.Role));
        Assert.False(File.Exists(farm.Files.OneTimeToken));
    }

    [Fact]
    public async Task Rotate_WithOverlap_BothSecretsAreGoodUntilItEnds()
    {
        await using var farm = await NetworkFarm.StartAsync();
        using var admin = farm.Connect(farm.Token("root", CallerRole.Admin));
        using var old = farm.Connect(farm.Token("ci", CallerRole.Viewer));

        var request = new RotateTokenRequest { Name = "ci", Overlap = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromHours(1)) };
        var answer = await admin.Security.RotateTokenAsync(request, cancellationToken: TestAgent.Cancellation);
        using var changed = farm.Connect(answer.Secret);

        await old.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
        await changed.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
        await admin.Security.RotateTokenAsync(new RotateTokenRequest { Name = "ci" }, cancellationToken: TestAgent.Cancellation);
        Assert.Equal("UNAUTHENTICATED", (await RefusedAsync(changed)).Reason);
    }

    [Fact]
    public async Task Revoke_Token_CutsOffTheStreamsThatItHasOpen()
    {
        await using var farm = await NetworkFarm.StartAsync();
        using var admin = farm.Connect(farm.Token("root", CallerRole.Admin));
        using var client = farm.Connect(farm.Token("ci", CallerRole.Viewer));
        using var watch = client.Inventory.WatchBoards(new WatchBoardsRequest(), cancellationToken: TestAgent.Cancellation);
        Assert.True(await watch.ResponseStream.MoveNext(TestAgent.Cancellation));

        var answer = await admin.Security.RevokeTokenAsync(new RevokeTokenRequest { Name = "ci" }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal(1, answer.CallsEnded);
        await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(TestAgent.Cancellation));
    }

    [Fact]
    public async Task Revoke_Certificate_EndsItOnAnOpenConnection()
    {
        await using var farm = await NetworkFarm.StartAsync("roles: [{who: 'cert:*', role: viewer}]\n");
        using var admin = farm.Connect(farm.Token("root", CallerRole.Admin));
        var tls = farm.Certificate("anna");
        using var client = farm.Connect(tls: tls);
        await client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
        using var certificate = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(tls.CertificateFile!, TestAgent.Cancellation));

        await admin.Security.RevokeCertificateAsync(
            new RevokeCertificateRequest { Certificate = RevokedCertificates.SerialOf(certificate) }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal("UNAUTHENTICATED", (await RefusedAsync(client)).Reason);
    }

    [Fact]
    public async Task Refresh_NewCertificate_IsShownToNewConnectionsWhileOldOnesLive()
    {
        await using var farm = await NetworkFarm.StartAsync();
        var token = farm.Token("ci", CallerRole.Viewer);
        using var before = farm.Connect(token);
        await before.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);

        NetworkFarm.Init(farm.Folder, new InitOptions { Force = true });
        Assert.True(farm.Host.Core.Security.Server!.Refresh());
        using var after = farm.Connect(token);

        await after.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
        await before.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
    }

    [Fact]
    public async Task Refresh_DamagedCertificate_LeavesTheOldOneInForce()
    {
        await using var farm = await NetworkFarm.StartAsync();
        var kept = Path.Combine(farm.Folder, "kept.pem");
        File.Copy(farm.Files.ServerCertificate, kept);
        await File.WriteAllTextAsync(farm.Files.ServerCertificate, "no certificate", TestAgent.Cancellation);

        Assert.False(farm.Host.Core.Security.Server!.Refresh());
        using var client = farm.Connect(farm.Token("ci", CallerRole.Viewer), new FarmTlsOptions { AuthorityFile = kept });

        await client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
    }

    [Fact]
    public async Task ListBoards_OperatorOfOneBoard_SeesThatOneOnly()
    {
        await using var farm = await NetworkFarm.StartAsync();
        using var client = farm.Connect(farm.Token("ci", CallerRole.Operator, NetworkFarm.Other));

        var boards = await client.Inventory.ListBoardsAsync(new ListBoardsRequest(), cancellationToken: TestAgent.Cancellation);

        Assert.Equal("boards/minimal", Assert.Single(boards.Boards).Name);
    }

    [Fact]
    public async Task Call_FasterThanAllowed_IsRefusedUntilTimePasses()
    {
        await using var farm = await NetworkFarm.StartAsync("limits: {calls_per_second: 1}\n");
        using var client = farm.Connect(farm.Token("ci", CallerRole.Viewer));
        for (var i = 0; i < 2; i++)
        {
            await client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
        }

        Assert.Equal("RATE_LIMITED", (await RefusedAsync(client)).Reason);
    }

    [Fact]
    public async Task Connect_MoreThanAllowed_IsClosed()
    {
        await using var farm = await NetworkFarm.StartAsync("limits: {connections_per_address: 1}\n");
        var token = farm.Token("ci", CallerRole.Viewer);
        using var first = farm.Connect(token);
        await first.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
        using var second = farm.Connect(token);

        Assert.Equal(AgentUnreachableException.Reason, (await RefusedAsync(second)).Reason);
    }

    private static Task<FarmError> RefusedAsync(FarmClient client) =>
        TestAgent.FailAsync(() => client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation).ResponseAsync);
}
