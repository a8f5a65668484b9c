using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl bench fault …</c>: faults of a virtual bench by words or by script, for administrators.</summary>
internal static class BenchFaultCommands
{
    private static readonly Argument<string> Kind = new("KIND") { Description = "What is to break; 'farmctl bench fault kinds' lists them" };

    private static readonly Argument<string[]> Settings = new("KEY=VALUE")
    {
        Description = "When and where, for example at=12 count=3 net=SDA after=5ms for=2s",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Argument<string> Script = new("FILE") { Description = "Script (YAML): 'faults:' and a list under it" };

    private static readonly Argument<string[]> Ids = new("ID") { Description = "Faults to mend, as 'fault list' names them; none for all", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create() => Verb.Group("fault", "Faults of the virtual bench: by words, by script",
        Verb.Make("add", "Make one fault, at once or when its moment comes", [Kind, Settings], AddAsync),
        Verb.Make("script", "Make the faults of a script, all or none", [Script], ScriptAsync),
        Verb.Make("list", "Faults that are there or wait for their moment", [], ListAsync),
        Verb.Make("clear", "Mend faults", [Ids], ClearAsync),
        Verb.Make("kinds", "What can be made to break", [], KindsAsync));

    /// <summary>The script with the one fault that words on a command line ask for.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="settings">Each <c>KEY=VALUE</c>.</param>
    /// <exception cref="UsageException">A word is none of these.</exception>
    internal static string ScriptOf(string kind, IReadOnlyList<string> settings)
    {
        var lines = new List<string> { "faults:", $"- kind: {Quote(kind)}" };
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !setting[..equals].All(c => char.IsAsciiLetterLower(c) || c == '_'))
            {
                throw new UsageException("BAD_SETTING", $"'{setting}' is no setting of a fault. Write KEY=VALUE, for example at=12 or net=SDA.");
            }

            lines.Add($"  {setting[..equals]}: {Quote(setting[(equals + 1)..])}");
        }

        return string.Join('\n', lines);
    }

    private static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken) =>
        ApplyAsync(context, ScriptOf(context.Need(Kind), context.Get(Settings) ?? []), "command line", cancellationToken);

    private static async Task<int> ScriptAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var file = context.Need(Script);
        return await ApplyAsync(context, await File.ReadAllTextAsync(file, cancellationToken), file, cancellationToken);
    }

    private static async Task<int> ApplyAsync(CommandContext context, string script, string file, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var answer = await context.Client.Bench.ApplyFaultScriptAsync(
            new ApplyFaultScriptRequest { Board = board.Name, Script = script, File = file }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => Write(writer, answer.Faults));
        return ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var answer = await context.Client.Bench.ListFaultsAsync(new ListFaultsRequest { Board = board.Name }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => Write(writer, answer.Faults));
        return ExitCodes.Ok;
    }

    private static async Task<int> ClearAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var request = new ClearFaultsRequest { Board = board.Name };
        request.Ids.Add(context.Get(Ids) ?? []);
        var answer = await context.Client.Bench.ClearFaultsAsync(request, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine(
            $"{BoardNames.ToShort(board.Name)}  mended {(request.Ids.Count == 0 ? "everything" : string.Join(", ", request.Ids))}"));
        return ExitCodes.Ok;
    }

    private static async Task<int> KindsAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Bench.ListFaultKindsAsync(new ListFaultKindsRequest(), cancellationToken: cancellationToken);
        context.Output.Result(answer, writer =>
        {
            var table = new TextTable("KIND", "COUNTS", "KEYS", "EFFECT");
            foreach (var kind in answer.Kinds)
            {
                table.Row(kind.Kind, kind.Counts.Length == 0 ? "-" : kind.Counts, string.Join(' ', kind.Keys), kind.Effect);
            }

            table.WriteTo(writer);
            writer.WriteLine();
            writer.WriteLine("Every kind takes after=TIME. Those that count take at=N, and those of single events count=N or count=endless;");
            writer.WriteLine($"lasting ones take for=TIME, and of={string.Join('|', answer.Streams)} with at=N to begin there.");
        });
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter writer, IReadOnlyList<FaultState> faults)
    {
        if (faults.Count == 0)
        {
            writer.WriteLine("no faults");
            return;
        }

        var table = new TextTable("ID", "STATE", "COUNTED", "STRUCK", "FAULT");
        foreach (var fault in faults)
        {
            table.Row(fault.Id, fault.Active ? "there" : "waits", $"{fault.Counted}", $"{fault.Struck}", fault.Description);
        }

        table.WriteTo(writer);
    }
}
