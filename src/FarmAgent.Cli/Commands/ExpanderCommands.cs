using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl expander …</c>: the GPIO expander that answers 0xBE 0xEF.</summary>
internal static class ExpanderCommands
{
    private const uint LastIndex = 7;

    private static readonly Option<string?> Address = new("--address") { Description = "7-bit address (default: the board's)", HelpName = "ADDRESS" };

    private static readonly Argument<string> Index = new("INDEX") { Description = "GPIO of the expander, 0 to 7" };

    private static readonly Argument<string> Pin = new("PIN") { Description = "Pin of the chip, for example PA0" };

    private static readonly Option<bool> Input = new("--input") { Description = "Make it an input (default: output)" };

    private static readonly Option<bool> High = new("--high") { Description = "An output starts high" };

    private static readonly Option<bool> Inverted = new("--inverted") { Description = "Value and pin are opposite" };

    private static readonly Argument<string> Value = new("VALUE") { Description = "0 or 1" };

    private static readonly Argument<string[]> Indices = new("INDEX") { Description = "GPIOs, 0 to 7 (default: all)", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create() => Verb.Group("expander", "The I2C GPIO expander (0xBEEF)",
        Verb.Make("probe", "Recognise it and show its version", [Address], ProbeAsync),
        Verb.Make("config", "Give a GPIO its pin, direction, start level and polarity", [Index, Pin, Input, High, Inverted, Address], ConfigAsync),
        Verb.Make("set", "Set the value of a GPIO", [Index, Value, Address], SetAsync),
        Verb.Make("get", "Read GPIOs: configuration and value", [Indices, Address], GetAsync));

    private static async Task<int> ProbeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("expander probe", cancellationToken);
        var answer = await context.Client.I2c.ProbeExpanderAsync(
            new ProbeExpanderRequest { Board = board.Name, Lease = lease.Name, Address = AddressOf(context) }, cancellationToken: cancellationToken);
        if (!answer.Recognised)
        {
            throw ExpanderText.NotRecognised(answer);
        }

        context.Output.Result(answer, writer => writer.WriteLine(ExpanderText.Probe(answer)));
        return ExitCodes.Ok;
    }

    private static async Task<int> ConfigAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (port, pin) = ExpanderText.ParsePin(context.Need(Pin));
        var gpio = new ExpanderGpio
        {
            Index = NumberText.Parse(context.Need(Index), "INDEX", LastIndex),
            Port = port,
            Pin = pin,
            Output = !context.Get(Input),
            InitialHigh = context.Get(High),
            Inverted = context.Get(Inverted),
        };
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("expander config", cancellationToken);
        var answer = await context.Client.I2c.ConfigureExpanderAsync(
            new ConfigureExpanderRequest { Board = board.Name, Lease = lease.Name, Address = AddressOf(context), Gpio = gpio }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => ExpanderText.WriteTable(writer, [answer.Gpio]));
        return ExitCodes.Ok;
    }

    private static async Task<int> SetAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var index = NumberText.Parse(context.Need(Index), "INDEX", LastIndex);
        var value = NumberText.Parse(context.Need(Value), "VALUE", 1) == 1;
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("expander set", cancellationToken);
        var answer = await context.Client.I2c.SetExpanderAsync(
            new SetExpanderRequest { Board = board.Name, Lease = lease.Name, Address = AddressOf(context), Index = index, Value = value },
            cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine($"gpio {index} = {(value ? 1 : 0)}"));
        return ExitCodes.Ok;
    }

    private static async Task<int> GetAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var request = new GetExpanderRequest { Board = board.Name, Address = AddressOf(context) };
        request.Indices.Add((context.Get(Indices) ?? []).Select(index => NumberText.Parse(index, "INDEX", LastIndex)));
        await using var lease = await context.LeaseAsync("expander get", cancellationToken);
        request.Lease = lease.Name;
        var answer = await context.Client.I2c.GetExpanderAsync(request, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => ExpanderText.WriteTable(writer, answer.Gpios));
        return ExitCodes.Ok;
    }

    private static uint AddressOf(CommandContext context) => context.Get(Address) is { } text ? NumberText.Parse(text, "--address", 0x7F) : 0;
}
