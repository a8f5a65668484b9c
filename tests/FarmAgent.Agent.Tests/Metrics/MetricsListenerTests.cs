using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using FarmAgent.Agent.Tests.Runs;

namespace FarmAgent.Agent.Tests.Metrics;

public sealed class MetricsListenerTests
{
    [Fact]
    public async Task Get_WithTheSecret_GivesTheFigures()
    {
        using var scratch = new ScratchFolder();
        await using var agent = await StartAsync(scratch, out var port);
        await agent.BoardAsync();
        await agent.BoardAsync();

        using var answer = await GetAsync(port, "/metrics", "s3cret");
        var text = await answer.Content.ReadAsStringAsync(TestAgent.Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("farm_board_available", text, StringComparison.Ordinal);
        Assert.Matches("""farm_calls_total\{[^}]*method="/farmagent.v1.InventoryService/GetBoard"[^}]*\} 2""", text);
    }

    [Theory]
    [InlineData("/metrics", null, HttpStatusCode.Unauthorized)]
    [InlineData("/metrics", "other", HttpStatusCode.Unauthorized)]
    [InlineData("/farmagent.v1.InventoryService/ListBoards", "s3cret", HttpStatusCode.NotFound)]
    public async Task Get_WithoutTheSecretOrAnythingElse_GivesNothing(string path, string? token, HttpStatusCode expected)
    {
        using var scratch = new ScratchFolder();
        await using var agent = await StartAsync(scratch, out var port);

        using var answer = await GetAsync(port, path, token);

        Assert.Equal(expected, answer.StatusCode);
    }

    private static Task<TestAgent> StartAsync(ScratchFolder scratch, out int port)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        Directory.CreateDirectory(scratch.At("boards"));
        File.WriteAllText(scratch.At("secret"), "s3cret\n");
        File.WriteAllText(scratch.At("agent.yaml"), $"metrics:\n  listen: 127.0.0.1:{port}\n  token_file: {scratch.At("secret")}\n");
        return TestAgent.StartAsync(o => o with { Config = scratch.At("agent.yaml"), Boards = scratch.At("boards"), State = scratch.At("state"), Socket = scratch.At("s.sock") });
    }

    private static async Task<HttpResponseMessage> GetAsync(int port, string path, string? token)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}{path}"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request, TestAgent.Cancellation);
    }
}
