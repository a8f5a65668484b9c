using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl bench …</c>: clock, wires and faults of a virtual bench, for administrators.</summary>
internal static class BenchCommands
{
    private static readonly Argument<string> Mode = MakeMode();

    private static readonly Argument<string> Time = new("DURATION") { Description = "How long, for example 250ms" };

    private static readonly Argument<string> Net = new("NET") { Description = "Name of the wire, for example SDA or PA0" };

    private static readonly Argument<string> HalfWord = new("HALF-WORD") { Description = "Half-words that are still programmed before it holds" };

    public static Command Create() => Verb.Group("bench", "The virtual bench: clock, wires, faults",
        Verb.Make("show", "Clock and wires", [], ShowAsync),
        Verb.Make("clock", "Choose how time passes", [Mode], ClockAsync),
        Verb.Make("advance", "Let a lockstep bench run on", [Time], AdvanceAsync),
        FaultVerb("unplug-probe", "Take the probe off USB", [], _ => new Fault { UnplugProbe = new UnplugProbe() }),
        FaultVerb("replug-probe", "Put it back", [], _ => new Fault { ReplugProbe = new ReplugProbe() }),
        FaultVerb("cut", "Cut a wire", [Net], context => new Fault { CutWire = new CutWire { Net = context.Need(Net) } }),
        FaultVerb("join", "Join a wire that was cut", [Net], context => new Fault { JoinWire = new JoinWire { Net = context.Need(Net) } }),
        FaultVerb("hold-flash", "Keep the flash controller busy at a half-word", [HalfWord], context =>
            new Fault { HoldFlash = new HoldFlash { HalfWord = NumberText.Parse(context.Need(HalfWord), "HALF-WORD") } }),
        FaultVerb("release-flash", "Let it go on", [], _ => new Fault { ReleaseFlash = new ReleaseFlash() }),
        FaultVerb("power-off", "Switch the target off", [], _ => new Fault { TargetPower = new TargetPower { On = false } }),
        FaultVerb("power-on", "Switch the target on", [], _ => new Fault { TargetPower = new TargetPower { On = true } }),
        BenchFaultCommands.Create(),
        BenchNetCommand.Create(),
        BenchTraceCommands.Create());

    private static Command FaultVerb(string name, string description, IEnumerable<Symbol> symbols, Func<CommandContext, Fault> make) =>
        Verb.Make(name, description, symbols, async (context, cancellationToken) =>
        {
            var board = await context.BoardAsync(cancellationToken);
            var answer = await context.Client.Bench.ApplyFaultAsync(
                new ApplyFaultRequest { Board = board.Name, Fault = make(context) }, cancellationToken: cancellationToken);
            context.Output.Result(answer, writer => writer.WriteLine($"{BoardNames.ToShort(board.Name)}  {name} done"));
            return ExitCodes.Ok;
        });

    private static async Task<int> ShowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var answer = await context.Client.Bench.GetBenchAsync(new GetBenchRequest { Board = board.Name }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer =>
        {
            var clock = answer.ClockMode == ClockMode.Lockstep ? "lockstep" : "realtime";
            writer.WriteLine($"virtual bench \"{answer.Bench}\" · clock {clock} · {DurationText.Format(answer.Elapsed.ToTimeSpan())} virtual since power-up");
            writer.WriteLine($"probe {(answer.ProbePlugged ? "plugged in" : "unplugged")}{(answer.FlashHeld ? " · flash controller held" : "")}");
            var table = new TextTable("NET", "LEVEL", "ENDPOINTS");
            foreach (var net in answer.Nets)
            {
                table.Row(net.Name, net.Cut ? "cut" : net.High ? "1" : "0", string.Join(", ", net.Endpoints));
            }

            table.WriteTo(writer);
        });
        return ExitCodes.Ok;
    }

    private static async Task<int> ClockAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var mode = context.Need(Mode) == "lockstep" ? ClockMode.Lockstep : ClockMode.Realtime;
        var answer = await context.Client.Bench.SetClockModeAsync(
            new SetClockModeRequest { Board = board.Name, ClockMode = mode }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine($"{BoardNames.ToShort(board.Name)}  clock {context.Need(Mode)}"));
        return ExitCodes.Ok;
    }

    private static async Task<int> AdvanceAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var answer = await context.Client.Bench.AdvanceClockAsync(new AdvanceClockRequest
        {
            Board = board.Name,
            Lease = context.Get(GlobalOptions.Lease) ?? "",
            Duration = Duration.FromTimeSpan(DurationText.Parse(context.Need(Time))),
        }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine($"{DurationText.Format(answer.Elapsed.ToTimeSpan())} virtual since power-up"));
        return ExitCodes.Ok;
    }

    private static Argument<string> MakeMode()
    {
        var mode = new Argument<string>("MODE") { Description = "lockstep: time is the cost of what happens; realtime: wall time" };
        mode.AcceptOnlyFromAmong("lockstep", "realtime");
        return mode;
    }
}
