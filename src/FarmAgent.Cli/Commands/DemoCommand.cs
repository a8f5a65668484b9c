using System.CommandLine;
using System.Diagnostics;
using FarmAgent.Api.Errors;
using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl demo</c>: the main job step by step, on any board: lease, flash, probe, pins, suite.</summary>
internal static class DemoCommand
{
    private const string HostLine = "PG11";

    private static readonly Option<string> ImagePath = new("--image") { Description = "Firmware of the expander", Required = true, HelpName = "IMAGE" };

    private static readonly Option<string> Suite = new("--suite") { Description = "Suite to run at the end", Required = true, HelpName = "SUITE" };

    private static readonly Option<string> Folder = new("--output") { Description = "Folder for the results", HelpName = "DIR", DefaultValueFactory = _ => "artifacts/demo" };

    public static Command Create() => Verb.Make("demo", "The main job, step by step: lease, flash, probe, pins, suite", [ImagePath, Suite, Folder], RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var text = context.Output.Stream;
        var agent = (await context.Client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: cancellationToken)).Agent;
        var board = await context.BoardAsync(cancellationToken);
        var bench = board.Bench == BenchKind.Virtual ? "virtual" : "real";
        text.WriteLine($"FarmAgent {agent.Version} · bench {bench} · board {BoardNames.ToShort(board.Name)} ({board.ExpectedChip}, {board.Probe?.Model} serial {board.Probe?.Serial})");
        text.WriteLine();

        await using var lease = await context.LeaseAsync("demo", cancellationToken);
        text.WriteLine($"1/5 lease      {BoardNames.ToShort(board.Name)} for demo until {lease.Granted?.ExpireTime.ToDateTimeOffset():HH:mm:ss} UTC (fence {lease.Granted?.Fence})");
        await FlashAsync(context, text, lease, cancellationToken);
        await ProbeAsync(context, text, lease, cancellationToken);
        await PinsAsync(context, text, lease, cancellationToken);
        var run = await RunSuiteAsync(context, text, lease, cancellationToken);

        text.WriteLine();
        text.WriteLine($"{WireNames.Of(run.Verdict)}  bench: {bench}  total {DurationText.Format(watch.Elapsed)}");
        if (context.Output.IsJson)
        {
            context.Output.Result(run, _ => { });
        }

        return RunText.ExitCodeOf(run);
    }

    private static async Task FlashAsync(CommandContext context, TextWriter text, CommandLease lease, CancellationToken cancellationToken)
    {
        var image = await context.Client.UploadImageAsync(context.Get(ImagePath)!, baseAddress: 0, cancellationToken);
        text.WriteLine($"2/5 flash      {image.FileName}  {image.LoadBytes:N0} B  {FlashText.Digest(image.Name)}");
        var requestId = Guid.NewGuid().ToString("N");
        var operation = new FlashOperation(context, requestId);
        await operation.FlashAsync(
            new FlashRequest { Board = lease.Board, Lease = lease.Name, Image = image.Name, RequestId = requestId }, cancellationToken);
        var receipt = operation.RequireReceipt();
        text.WriteLine($"               plan   {FlashText.Plan(receipt.Plan)}");
        text.WriteLine($"               done   {FlashText.Done(receipt)}");
        text.WriteLine($"               receipt {FlashText.ReceiptId(receipt.Name)}");
    }

    private static async Task ProbeAsync(CommandContext context, TextWriter text, CommandLease lease, CancellationToken cancellationToken)
    {
        var answer = await context.Client.I2c.ProbeExpanderAsync(
            new ProbeExpanderRequest { Board = lease.Board, Lease = lease.Name }, cancellationToken: cancellationToken);
        if (!answer.Recognised)
        {
            throw ExpanderText.NotRecognised(answer);
        }

        text.WriteLine($"3/5 probe      {ExpanderText.Probe(answer)}");
    }

    private static async Task PinsAsync(CommandContext context, TextWriter text, CommandLease lease, CancellationToken cancellationToken)
    {
        await context.Client.I2c.ConfigureExpanderAsync(
            new ConfigureExpanderRequest { Board = lease.Board, Lease = lease.Name, Gpio = new ExpanderGpio { Output = true } },
            cancellationToken: cancellationToken);
        await context.Client.Gpio.ConfigureLineAsync(
            new ConfigureLineRequest { Board = lease.Board, Lease = lease.Name, Line = HostLine, Direction = LineDirection.Input },
            cancellationToken: cancellationToken);
        var findings = new List<string>();
        foreach (var high in new[] { true, false })
        {
            await context.Client.I2c.SetExpanderAsync(
                new SetExpanderRequest { Board = lease.Board, Lease = lease.Name, Value = high }, cancellationToken: cancellationToken);
            var line = (await context.Client.Gpio.GetLineAsync(
                new GetLineRequest { Board = lease.Board, Lease = lease.Name, Line = HostLine }, cancellationToken: cancellationToken)).Line;
            findings.Add($"PA0 = {(high ? "high" : "low")} -> host {HostLine} reads {(line.High ? 1 : 0)}");
            if (line.High != high)
            {
                throw new CommandFailedException(
                    "LEVEL_NOT_SEEN", $"{findings[^1]}. Firmware or wiring: check that the image drives PA0, then the wire to {HostLine}.", ExitCodes.TestFailed);
            }
        }

        text.WriteLine($"4/5 pins       {string.Join(" · ", findings)}");
    }

    private static async Task<Run> RunSuiteAsync(CommandContext context, TextWriter text, CommandLease lease, CancellationToken cancellationToken)
    {
        var suite = context.Get(Suite)!;
        text.WriteLine($"5/5 suite      {suite}");
        var bundle = SuiteBundle.Of(suite);
        var request = new StartRunRequest
        {
            Board = lease.Board,
            Lease = lease.Name,
            Suite = await context.Client.UploadSuiteAsync(bundle.Folder, what => SuiteBundle.NoteLeftOut(context.Output, what), cancellationToken),
            Entry = bundle.Entry,
            RequestId = Guid.NewGuid().ToString("N"),
        };
        var run = await new SuiteRun(context, text, Console.Error).FollowAsync(request, cancellationToken);
        RunText.WriteEvidence(text, run);
        var output = context.Get(Folder)!;
        var files = await context.Client.FetchArtifactsAsync(run.Name, output, cancellationToken);
        text.WriteLine($"               {run.Passed + run.Failed + run.Skipped} tests, {run.Passed} passed, {run.Failed} failed");
        text.WriteLine($"               {output}: {string.Join(' ', files)}");
        return run;
    }
}
