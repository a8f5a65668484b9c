using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;
using FarmAgent.Cli.Tunnels;
using FarmAgent.Cli.Tunnels.UsbIp;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl tunnel …</c>: a board's devices for programs of this machine, under a lease.</summary>
internal static class TunnelCommands
{
    // The agent ends an attachment with its lease and tells the program why; that arrives first.
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);
    private static readonly Option<string> StLinkPort = NewPort("7184");
    private static readonly Option<string> GdbPort = NewPort("3333");
    private static readonly Option<string> UsbIpPort = NewPort("3240");
    private static readonly Option<string> SerialPort = NewPort("0");
    private static readonly Option<string?> ConsoleName = new("--console") { Description = "Console of the board (default: its first)", HelpName = "NAME" };

    public static Command Create() => Verb.Group("tunnel", "A board's devices for programs on this machine",
        Verb.Make("stlink", "Serve the board's ST-LINK as ST's stlink-server does (OpenOCD: st-link backend tcp)", [StLinkPort], ServeStLinkAsync),
        Verb.Make("gdb", "Debug the board's chip with gdb (target extended-remote 127.0.0.1:PORT); 'load' flashes with a receipt", [GdbPort], ServeGdbAsync),
        Verb.Make("usbip", "Serve the board's ST-LINK and I2C adapters as USB devices (Linux: usbip attach -r 127.0.0.1 -b 1-1)", [UsbIpPort], ServeUsbIpAsync),
        Verb.Make("serial", "Serve the board's console as bytes: what it sends from now on, and what is typed to it", [SerialPort, ConsoleName], ServeSerialAsync));

    private static Option<string> NewPort(string number) => new("--port")
    {
        Description = "TCP port on 127.0.0.1; 0 for any",
        HelpName = "PORT",
        DefaultValueFactory = _ => number,
    };

    private static Task<int> ServeStLinkAsync(CommandContext context, CancellationToken cancellationToken) =>
        ServeAsync(context, StLinkPort, "ST-LINK", "tunnel stlink", (listener, board, lease, stop) =>
        {
            context.Output.Note($"{BoardNames.ToShort(board)}: ST-LINK on 127.0.0.1:{listener.Port}; end with Ctrl-C");
            var attachment = new StLinkAttachment { Board = board, Lease = lease, Tool = "farmctl tunnel stlink" };
            return new StLinkServer(listener, context.Client, attachment, context.Output).RunAsync(stop);
        }, cancellationToken);

    private static Task<int> ServeGdbAsync(CommandContext context, CancellationToken cancellationToken) =>
        ServeAsync(context, GdbPort, "chip", "tunnel gdb", (listener, board, lease, stop) =>
        {
            context.Output.Note($"{BoardNames.ToShort(board)}: gdb on 127.0.0.1:{listener.Port}; end with Ctrl-C");
            context.Output.Note($"In gdb: target extended-remote 127.0.0.1:{listener.Port}");
            var attachment = new GdbAttachment { Board = board, Lease = lease, Tool = "farmctl tunnel gdb" };
            return new GdbServer(listener, context.Client, attachment, context.Output).RunAsync(stop);
        }, cancellationToken);

    private static Task<int> ServeUsbIpAsync(CommandContext context, CancellationToken cancellationToken) =>
        ServeAsync(context, UsbIpPort, "USB", "tunnel usbip", async (listener, board, lease, stop) =>
        {
            var server = new UsbIpServer(listener, context.Client, board, lease, context.Output);
            foreach (var device in await server.ListAsync(stop))
            {
                context.Output.Note($"{BoardNames.ToShort(board)}: {device.BusId} is {device.Name} ({device.Id})");
            }

            context.Output.Note($"{BoardNames.ToShort(board)}: USB/IP on 127.0.0.1:{listener.Port}; end with Ctrl-C");
            await server.RunAsync(stop);
        }, cancellationToken);

    private static Task<int> ServeSerialAsync(CommandContext context, CancellationToken cancellationToken) =>
        ServeAsync(context, SerialPort, "console", "tunnel serial", (listener, board, lease, stop) =>
        {
            context.Output.Note($"{BoardNames.ToShort(board)}: console on 127.0.0.1:{listener.Port}; end with Ctrl-C");
            return new SerialServer(listener, context.Client, board, lease, context.Get(ConsoleName) ?? "", context.Output).RunAsync(stop);
        }, cancellationToken);

    private static async Task<int> ServeAsync(
        CommandContext context,
        Option<string> portOption,
        string device,
        string purpose,
        Func<LoopbackListener, string, string, CancellationToken, Task> serve,
        CancellationToken cancellationToken)
    {
        var port = (int)NumberText.Parse(context.Get(portOption)!, "--port", ushort.MaxValue);
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync(purpose, cancellationToken);
        using var listener = new LoopbackListener(port);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var lost = lease.Lost.Register(() => end.CancelAfter(FarewellLimit));
        try
        {
            await serve(listener, board.Name, lease.Name, end.Token);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            context.Output.Error(
                "LEASE_LOST", $"The lease of {BoardNames.ToShort(board.Name)} is over, so its {device} is served no longer. Start the tunnel again.", [], ExitCodes.LeaseLost);
            return ExitCodes.LeaseLost;
        }

        return ExitCodes.Ok;
    }
}
