using System.CommandLine;
using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary>
/// <c>farmctl run [--flash IMAGE] SUITE [-- ROBOT-OPTIONS]</c>: the coordinator's one call. Waits for the board, leases, flashes, runs, collects,
/// releases; its exit code is the verdict.
/// </summary>
internal static class RunCommand
{
    private static readonly Argument<string> Suite = new("SUITE") { Description = "A .robot file or a folder of them" };

    private static readonly Option<string?> Flash = new("--flash") { Description = "Flash this image first", HelpName = "IMAGE" };

    private static readonly Option<string> Folder = new("--output") { Description = "Folder for the run's files", HelpName = "DIR", DefaultValueFactory = _ => "farm-results" };

    private static readonly Option<bool> NoPreflight = new("--no-preflight") { Description = "Neither reset nor safe state before the run" };

    private static readonly Option<string> Events = MakeEvents();

    private static readonly Option<bool> Sabotage = new("--sabotage")
    {
        Description = "Run on a virtual bench whose target is off, and list the tests that pass all the same",
    };

    private static readonly Argument<string[]> RobotOptions = new("ROBOT-OPTIONS")
    {
        Description = "After --: options of Robot Framework, for example -- -v BOARD:neo2 -t \"Probe STM32\"",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create() =>
        Verb.Make("run", "Lease, flash, run a suite, collect its results, release", [Suite, Flash, Folder, NoPreflight, Events, Sabotage, SignatureFiles.Signature, SignatureFiles.Meta, RobotOptions], RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var suite = context.Need(Suite);
        var bundle = SuiteBundle.Of(suite);
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync($"run {Path.GetFileName(suite)}", cancellationToken);
        if (context.Get(Flash) is { } image)
        {
            await FlashAsync(context, board.Name, lease.Name, image, cancellationToken);
        }

        var uploaded = await context.Client.UploadSuiteAsync(bundle.Folder, what => SuiteBundle.NoteLeftOut(context.Output, what), cancellationToken);
        var request = new StartRunRequest
        {
            Board = board.Name,
            Lease = lease.Name,
            Suite = uploaded,
            Entry = bundle.Entry,
            SkipPreflight = context.Get(NoPreflight),
            Events = EventDetails.Of(context.Get(Events)),
            RequestId = Guid.NewGuid().ToString("N"),
        };
        request.RobotArguments.Add(context.Get(RobotOptions) ?? []);
        if (context.Get(Sabotage))
        {
            return await SabotageRun.RunAsync(context, board, request, context.Get(Folder)!, cancellationToken);
        }

        var run = await new SuiteRun(context, context.Output.Stream, Console.Error).FollowAsync(request, cancellationToken);
        var folder = context.Get(Folder)!;
        var files = await context.Client.FetchArtifactsAsync(run.Name, folder, cancellationToken);
        context.Output.Note(files.Count > 0 ? $"{string.Join(' ', files)} in {folder}" : "the run left no files");
        context.Output.Result(run, writer =>
        {
            RunText.WriteEvidence(writer, run);
            writer.WriteLine(RunText.VerdictLine(run));
        });
        return RunText.ExitCodeOf(run);
    }

    private static Option<string> MakeEvents()
    {
        var events = new Option<string>("--events")
        {
            Description = "What comes as events, for runs watch and -o json: tests and warnings; keywords; all, with INFO messages; or none",
            HelpName = string.Join('|', EventDetails.Words),
            DefaultValueFactory = _ => "tests",
        };
        events.AcceptOnlyFromAmong(EventDetails.Words);
        return events;
    }

    private static async Task FlashAsync(CommandContext context, string board, string lease, string path, CancellationToken cancellationToken)
    {
        var image = await context.Client.UploadImageAsync(path, baseAddress: 0, cancellationToken);
        var requestId = Guid.NewGuid().ToString("N");
        var operation = new FlashOperation(context, requestId);
        await operation.FlashAsync(
            new FlashRequest
            {
                Board = board,
                Lease = lease,
                Image = image.Name,
                RequestId = requestId,
                Signature = await SignatureFiles.ReadAsync(context, [path], cancellationToken),
            }, cancellationToken);
        var receipt = operation.RequireReceipt();
        context.Output.Note($"{image.FileName}: {FlashText.Plan(receipt.Plan)} · {FlashText.Done(receipt)} · receipt {FlashText.ReceiptId(receipt.Name)}");
    }
}
