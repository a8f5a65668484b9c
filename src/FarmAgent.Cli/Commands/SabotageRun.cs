using System.Xml;
using System.Xml.Linq;
using FarmAgent.Api.Errors;
using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary>
/// <c>farmctl run --sabotage</c>: runs a suite once more on a virtual bench whose target has no power, so that it neither answers nor drives a line,
/// and lists the tests that pass all the same. Such tests prove nothing about the target.
/// </summary>
internal static class SabotageRun
{
    private static readonly TimeSpan MendLimit = TimeSpan.FromSeconds(10);

    /// <summary>Runs it.</summary>
    /// <returns>0 when no test passed without the target, else 1.</returns>
    public static async Task<int> RunAsync(CommandContext context, Board board, StartRunRequest request, string folder, CancellationToken cancellationToken)
    {
        if (board.Bench != BenchKind.Virtual)
        {
            throw new UsageException("BENCH_NOT_VIRTUAL", $"{BoardNames.ToShort(board.Name)} is real hardware: only a virtual bench can take the power off its target. "
                + "Run the suite against farm-agent --virtual.");
        }

        await PowerAsync(context, board, isOn: false, cancellationToken);
        try
        {
            // The preflight would notice: it resets the target.
            request.SkipPreflight = true;
            context.Output.Note("the target is off; what passes now does not look at it");
            var run = await new SuiteRun(context, context.Output.Stream, Console.Error).FollowAsync(request, cancellationToken);
            await context.Client.FetchArtifactsAsync(run.Name, folder, cancellationToken);
            return Report(context, run, PassedTests(Path.Combine(folder, "output.xml")));
        }
        finally
        {
            // Also after Ctrl-C: nobody shall find the bench without power.
            using var limit = new CancellationTokenSource(MendLimit);
            await PowerAsync(context, board, isOn: true, limit.Token);
        }
    }

    /// <summary>Full names of the tests that passed, by a run's own record.</summary>
    /// <param name="path">Path of <c>output.xml</c>.</param>
    /// <exception cref="CommandFailedException">There is no such record.</exception>
    internal static IReadOnlyList<string> PassedTests(string path)
    {
        try
        {
            return [.. XDocument.Load(path).Root!.Elements("suite").SelectMany(suite => Passed(suite, ""))];
        }
        catch (Exception error) when (error is IOException or XmlException)
        {
            throw new CommandFailedException(
                "NO_RESULT", $"The run left no output.xml that can be read: {error.Message} Its console says why.", ExitCodes.BenchError);
        }
    }

    private static IEnumerable<string> Passed(XElement suite, string parent)
    {
        var name = parent + suite.Attribute("name")?.Value + ".";
        return suite.Elements("test").Where(test => test.Element("status")?.Attribute("status")?.Value == "PASS").Select(test => name + test.Attribute("name")?.Value)
            .Concat(suite.Elements("suite").SelectMany(child => Passed(child, name)));
    }

    private static int Report(CommandContext context, Run run, IReadOnlyList<string> passed)
    {
        context.Output.Result(run, writer =>
        {
            writer.WriteLine(passed.Count == 0
                ? "Sabotage: no test passes without the target."
                : $"Sabotage: {passed.Count} of {run.Passed + run.Failed + run.Skipped} tests pass without the target; they prove nothing about it:");
            foreach (var test in passed)
            {
                writer.WriteLine($"  {test}");
            }
        });
        return passed.Count == 0 ? ExitCodes.Ok : ExitCodes.TestFailed;
    }

    private static async Task PowerAsync(CommandContext context, Board board, bool isOn, CancellationToken cancellationToken) =>
        await context.Client.Bench.ApplyFaultAsync(
            new ApplyFaultRequest { Board = board.Name, Fault = new Fault { TargetPower = new TargetPower { On = isOn } } }, cancellationToken: cancellationToken);
}
