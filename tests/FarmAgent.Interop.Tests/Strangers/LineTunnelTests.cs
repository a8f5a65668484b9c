using System.Net;
using System.Net.Sockets;
using FarmAgent.Interop.Tests.Scenarios;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>A program that knows nothing but TCP at <c>farmctl tunnel serial</c> and <c>farmctl bench wires</c>.</summary>
public sealed class LineTunnelTests : BoardScenario
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Serial_FirmwareStarts_ItsLineArrives()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await DoAsync("--lease", lease.Name, "flash", Expander);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "serial");
        using var program = await ConnectAsync(tunnel.Port);
        await DoAsync("--lease", lease.Name, "reset");

        Assert.Contains("expander", await ReadLineAsync(program, "i2c 0x08"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serial_ProgramTypes_ItsBytesAreOnTheWire()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "serial");
        await DoAsync("bench", "trace", "start");
        using var program = await ConnectAsync(tunnel.Port);

        await program.Writer.WriteAsync("Hi");

        var frames = 0;
        for (var look = 0; look < 50 && frames < 2; look++)
        {
            frames = (await DoAsync("bench", "trace", "show")).Output.Split('\n').Count(line => line.Contains("UART_RX", StringComparison.Ordinal) && line.Contains("serial", StringComparison.Ordinal));
        }

        Assert.Equal(2, frames);
    }

    [Fact]
    public async Task Wires_HostDrivesAndProgramDrives_BothSeeIt()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await using var wires = await TunnelProcess.StartAsync(Agent, ["bench", "wires", "PA0", "PA1", "--port", "0"]);
        using (var program = await ConnectAsync(wires.Port))
        {
            Assert.StartsWith("PA0 0 ", await ReadLineAsync(program, "PA0"), StringComparison.Ordinal);
            Assert.StartsWith("PA1 0 ", await ReadLineAsync(program, "PA1"), StringComparison.Ordinal);

            await DoAsync("--lease", lease.Name, "gpio", "set", "PG11", "1");
            Assert.StartsWith("PA0 1 ", await ReadLineAsync(program, "PA0"), StringComparison.Ordinal);

            await program.Writer.WriteLineAsync("PA1 high");
            Assert.StartsWith("PA1 1 ", await ReadLineAsync(program, "PA1"), StringComparison.Ordinal);
            Assert.Equal("1", (await DoAsync("--lease", lease.Name, "gpio", "get", "PG0")).Output.Trim());
        }

        // The next program is served when the wires of the last one are let go.
        using var next = await ConnectAsync(wires.Port);
        await ReadLineAsync(next, "PA0");
        Assert.StartsWith("PA1 0 ", await ReadLineAsync(next, "PA1"), StringComparison.Ordinal);
    }

    private static async Task<StrangersConnection> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return new StrangersConnection(client);
    }

    private static async Task<string> ReadLineAsync(StrangersConnection program, string with)
    {
        while (true)
        {
            var line = await program.Reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            if (line.Contains(with, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    private sealed class StrangersConnection(TcpClient client) : IDisposable
    {
        public StreamReader Reader { get; } = new(client.GetStream());

        public StreamWriter Writer { get; } = new(client.GetStream()) { AutoFlush = true, NewLine = "\n" };

        public void Dispose() => client.Dispose();
    }
}
