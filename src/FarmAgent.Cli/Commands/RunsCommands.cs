using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;
using Grpc.Core;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl runs …</c>: what was run, what it said, what it left.</summary>
internal static class RunsCommands
{
    private static readonly Argument<string> Name = new("RUN") { Description = "Name of the run, runs/r-… or its last part" };

    private static readonly Option<string> Folder = new("--output") { Description = "Folder for the files", HelpName = "DIR", DefaultValueFactory = _ => "farm-results" };

    private static readonly Option<long> From = new("--from") { Description = "First event wanted, by its number (default: all)", HelpName = "NUMBER" };

    private static readonly Option<bool> ListOnly = new("--list") { Description = "Only list the files" };

    public static Command Create() => Verb.Group("runs", "Runs of suites",
        Verb.Make("list", "Runs, newest first", [], ListAsync),
        Verb.Make("show", "One run: verdict, evidence, counts", [Name], ShowAsync),
        Verb.Make("watch", "Follow a run: suites, tests and messages as they come, until it ends", [Name, From], WatchAsync),
        Verb.Make("logs", "Console of a run", [Name], LogsAsync),
        Verb.Make("artifacts", "Fetch the files of a run", [Name, Folder, ListOnly], ArtifactsAsync));

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Runs.ListRunsAsync(new ListRunsRequest(), cancellationToken: cancellationToken);
        context.Output.Result(answer, writer =>
        {
            var table = new TextTable("RUN", "BOARD", "VERDICT", "PASSED", "FAILED", "STARTED", "BENCH");
            foreach (var run in answer.Runs)
            {
                table.Row(
                    RunText.Id(run.Name),
                    BoardNames.ToShort(run.Board),
                    run.State == RunState.Running ? "running" : WireNames.Of(run.Verdict),
                    $"{run.Passed}",
                    $"{run.Failed}",
                    run.StartTime.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss"),
                    run.Virtual ? "virtual" : "real");
            }

            table.WriteTo(writer);
        });
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var run = (await context.Client.Runs.GetRunAsync(new GetRunRequest { Name = Full(context) }, cancellationToken: cancellationToken)).Run;
        context.Output.Result(run, writer =>
        {
            RunText.WriteEvidence(writer, run);
            writer.WriteLine(RunText.VerdictLine(run));
        });
        return ExitCodes.Ok;
    }

    private static async Task<int> WatchAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new WatchRunRequest { Name = Full(context), FromSequence = context.Get(From) };
        using var call = context.Client.Runs.WatchRun(request, cancellationToken: cancellationToken);
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            context.Output.Result(answer.Event, writer =>
            {
                if (RunEventText.Line(answer.Event) is { } line)
                {
                    writer.WriteLine(line);
                }
            });
            if (answer.Event.Ended is { } run)
            {
                context.Output.Note(RunText.VerdictLine(run));
                return RunText.ExitCodeOf(run);
            }
        }

        // Asked for from beyond the last event.
        return RunText.ExitCodeOf((await context.Client.Runs.GetRunAsync(new GetRunRequest { Name = Full(context) }, cancellationToken: cancellationToken)).Run);
    }

    private static async Task<int> LogsAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var call = context.Client.Runs.WatchRun(new WatchRunRequest { Name = Full(context) }, cancellationToken: cancellationToken);
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (context.Output.IsJson)
            {
                context.Output.Result(answer.Event, _ => { });
                continue;
            }

            switch (answer.Event.EventCase)
            {
                case RunEvent.EventOneofCase.Console:
                    await context.Output.Stream.WriteAsync(answer.Event.Console);
                    break;
                case RunEvent.EventOneofCase.ErrorOutput:
                    await Console.Error.WriteAsync(answer.Event.ErrorOutput);
                    break;
            }
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> ArtifactsAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var list = await context.Client.Runs.ListArtifactsAsync(new ListArtifactsRequest { Run = Full(context) }, cancellationToken: cancellationToken);
        if (!context.Get(ListOnly))
        {
            var folder = context.Get(Folder)!;
            await context.Client.FetchArtifactsAsync(Full(context), folder, cancellationToken);
            context.Output.Note($"{list.Artifacts.Count} files in {folder}");
        }

        context.Output.Result(list, writer =>
        {
            var table = new TextTable("FILE", "BYTES", "SHA256");
            foreach (var artifact in list.Artifacts)
            {
                table.Row(artifact.Path, $"{artifact.Bytes}", artifact.Sha256);
            }

            table.WriteTo(writer);
        });
        return ExitCodes.Ok;
    }

    private static string Full(CommandContext context)
    {
        var name = context.Need(Name);
        return name.StartsWith("runs/", StringComparison.Ordinal) ? name : "runs/" + name;
    }
}
