using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl token …</c> and <c>farmctl cert …</c>: who may come in.</summary>
internal static class TokenCommands
{
    private static readonly Argument<string> Name = new("NAME") { Description = "Name of the token" };

    private static readonly Option<string> RoleWord = MakeRole();

    private static readonly Option<string[]> Boards = new("--on") { Description = "Board on which the role holds; may be given often (default: every board)", HelpName = "BOARD" };

    private static readonly Option<string?> Ttl = new("--ttl") { Description = "Time to live (default: 90 days; for rotate as before)", HelpName = "DURATION" };

    private static readonly Option<bool> OneTime = new("--one-time") { Description = "Only good to be exchanged, once: farmctl login --token-file" };

    private static readonly Option<string?> Overlap = new("--overlap") { Description = "How long the old secret is good besides (default: not at all)", HelpName = "DURATION" };

    private static readonly Argument<string> Serial = new("CERTIFICATE") { Description = "Serial number in hex digits, or sha256:FINGERPRINT" };

    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, for others", HelpName = "TEXT" };

    public static Command Create() => Verb.Group("token", "Tokens by which programs and people are known (administrators)",
        Verb.Make("create", "Make a token; its secret is printed this once", [Name, RoleWord, Boards, Ttl, OneTime], CreateAsync),
        Verb.Make("list", "The tokens, without their secrets", [], ListAsync),
        Verb.Make("rotate", "Give a token a new secret, printed this once", [Name, Ttl, Overlap], RotateAsync),
        Verb.Make("revoke", "End a token at once, and what is being done by it", [Name], RevokeAsync));

    public static Command CreateCert() => Verb.Group("cert", "Client certificates (administrators)",
        Verb.Make("revoke", "End a client certificate at once, and what is being done by it", [Serial, Reason], RevokeCertificateAsync),
        Verb.Make("list", "The certificates that were revoked", [], ListRevokedAsync));

    private static async Task<int> CreateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var grant = new RoleGrant { Role = context.Get(RoleWord) switch { "viewer" => Role.Viewer, "admin" => Role.Admin, _ => Role.Operator } };
        grant.Boards.Add((context.Get(Boards) ?? []).Select(BoardNames.ToResource));
        var request = new CreateTokenRequest { Name = context.Need(Name), OneTime = context.Get(OneTime), Grants = { grant } };
        if (context.Get(Ttl) is { } ttl)
        {
            request.Ttl = Duration.FromTimeSpan(DurationText.Parse(ttl));
        }

        var answer = await context.Client.Security.CreateTokenAsync(request, cancellationToken: cancellationToken);
        context.Output.Note($"{answer.Token.Name}: {Grants(answer.Token)}, until {Until(answer.Token)}. The secret is shown this once.");
        context.Output.Result(answer, writer => writer.WriteLine(answer.Secret));
        return ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Security.ListTokensAsync(new ListTokensRequest(), cancellationToken: cancellationToken);
        context.Output.Result(answer, writer =>
        {
            var table = new TextTable("TOKEN", "ROLES", "MADE", "UNTIL", "BY");
            foreach (var token in answer.Tokens)
            {
                table.Row(token.Name, Grants(token) + (token.OneTime ? " (one time)" : ""), $"{token.CreateTime.ToDateTimeOffset():yyyy-MM-dd}", Until(token), token.CreatedBy);
            }

            table.WriteTo(writer);
        });
        return ExitCodes.Ok;
    }

    private static async Task<int> RotateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new RotateTokenRequest { Name = context.Need(Name) };
        if (context.Get(Ttl) is { } ttl)
        {
            request.Ttl = Duration.FromTimeSpan(DurationText.Parse(ttl));
        }

        if (context.Get(Overlap) is { } overlap)
        {
            request.Overlap = Duration.FromTimeSpan(DurationText.Parse(overlap));
        }

        var answer = await context.Client.Security.RotateTokenAsync(request, cancellationToken: cancellationToken);
        context.Output.Note($"{answer.Token.Name} has a new secret, shown this once; good until {Until(answer.Token)}.");
        context.Output.Result(answer, writer => writer.WriteLine(answer.Secret));
        return ExitCodes.Ok;
    }

    private static async Task<int> RevokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Security.RevokeTokenAsync(new RevokeTokenRequest { Name = context.Need(Name) }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine($"{context.Need(Name)} is good for nothing any more; {answer.CallsEnded} calls were cut off"));
        return ExitCodes.Ok;
    }

    private static async Task<int> RevokeCertificateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new RevokeCertificateRequest { Certificate = context.Need(Serial), Reason = context.Get(Reason) ?? "" };
        var answer = await context.Client.Security.RevokeCertificateAsync(request, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine($"{request.Certificate} is good for nothing any more; {answer.CallsEnded} calls were cut off"));
        return ExitCodes.Ok;
    }

    private static async Task<int> ListRevokedAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Security.ListRevokedCertificatesAsync(new ListRevokedCertificatesRequest(), cancellationToken: cancellationToken);
        context.Output.Result(answer, writer =>
        {
            var table = new TextTable("CERTIFICATE", "REVOKED", "BY", "WHY");
            foreach (var one in answer.Certificates)
            {
                table.Row(one.Certificate, $"{one.RevokeTime.ToDateTimeOffset():yyyy-MM-dd HH:mm}", one.RevokedBy, one.Reason);
            }

            table.WriteTo(writer);
        });
        return ExitCodes.Ok;
    }

    private static string Grants(Token token) => string.Join("; ", token.Grants.Select(
        g => WireNames.Of(g.Role) + (g.Boards.Count == 0 ? "" : " on " + string.Join(", ", g.Boards.Select(BoardNames.ToShort)))));

    private static string Until(Token token) => token.ExpireTime is { } end ? $"{end.ToDateTimeOffset():yyyy-MM-dd HH:mm}" : "for ever";

    private static Option<string> MakeRole()
    {
        var option = new Option<string>("--role") { Description = "What its holder may do", HelpName = "viewer|operator|admin", DefaultValueFactory = _ => "operator" };
        option.AcceptOnlyFromAmong("viewer", "operator", "admin");
        return option;
    }
}
