using System.CommandLine;
using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Contexts;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl login</c>: makes a context for an agent on the network, and trades a one-time token for one that lasts.</summary>
internal static class LoginCommand
{
    private static readonly Option<string?> Name = new("--name") { Description = "Short name of the context (default: the host)", HelpName = "NAME" };

    private static readonly Option<string?> Authority = new("--ca") { Description = "PEM file of the authority that signed the agent's certificate", HelpName = "FILE" };

    private static readonly Option<string?> Pin = new("--pin") { Description = "The agent's key as farm-agent init printed it, sha256:…", HelpName = "PIN" };

    private static readonly Option<string?> Certificate = new("--certificate") { Description = "PEM file of your certificate", HelpName = "FILE" };

    private static readonly Option<string?> Key = new("--key") { Description = "PEM file of its key", HelpName = "FILE" };

    private static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description = "File of a token, or - for standard input; a one-time token is traded for a lasting one",
        HelpName = "FILE",
    };

    private static readonly Option<string?> TokenName = new("--token-name") { Description = "Name of the lasting token (default: your user)", HelpName = "NAME" };

    private static readonly Option<string?> Ttl = new("--ttl") { Description = "Time to live of the lasting token (default: one year)", HelpName = "DURATION" };

    /// <summary>Where the token of a context is kept.</summary>
    public static string TokenFileOf(string context) => Path.Combine(ContextFile.Folder, "tokens", context);

    public static Command Create() => Verb.MakeLocal(
        "login", "Make an agent on the network known here, and yourself to it", [Name, Authority, Pin, Certificate, Key, TokenFile, TokenName, Ttl], RunAsync);

    private static async Task<int> RunAsync(LocalContext context, CancellationToken cancellationToken)
    {
        var asked = context.Get(GlobalOptions.Agent) ?? Environment.GetEnvironmentVariable("FARM_AGENT");
        if (!AgentAddress.TryParse(asked, out var address) || address.SocketPath is not null)
        {
            throw new UsageException("BAD_ADDRESS", $"'{asked}' is no agent on the network. Say which: farmctl login --agent HOST:PORT.");
        }

        var draft = new AgentContext(NameOf(context.Get(Name) ?? address.Host), address.ToString())
        {
            Authority = Full(context.Get(Authority)),
            Pin = context.Get(Pin),
            Certificate = Full(context.Get(Certificate)),
            Key = Full(context.Get(Key)),
        };
        var token = await ReadTokenAsync(context.Get(TokenFile), cancellationToken);
        if (token is null && draft.Certificate is null)
        {
            throw new UsageException("LOGIN_WITHOUT_CREDENTIAL", "Nothing was given to be known by. Give --token-file FILE, or --certificate FILE --key FILE.");
        }

        if (token is not null)
        {
            token = await ExchangeAsync(context, draft, address, token, cancellationToken);
            ContextFile.WritePrivate(TokenFileOf(draft.Name), token + "\n");
            draft = draft with { TokenFile = TokenFileOf(draft.Name) };
        }

        using var client = new FarmClient(new FarmClientOptions { Address = address, Tls = draft.Tls ?? new FarmTlsOptions(), Token = token });
        var answer = await client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: cancellationToken);
        var file = ContextFile.Read();
        file.Set(draft);
        file.Current = draft.Name;
        file.Save();
        context.Output.Result(answer, writer => writer.WriteLine(
            $"{draft.Name}: farm-agent {answer.Agent.Version} on {answer.Agent.Host}; you are {answer.Caller.Identity}, {WireNames.Of(answer.Caller.Role)}. It is in use now."));
        return ExitCodes.Ok;
    }

    private static async Task<string> ExchangeAsync(LocalContext context, AgentContext draft, AgentAddress address, string token, CancellationToken cancellationToken)
    {
        using var client = new FarmClient(new FarmClientOptions { Address = address, Tls = draft.Tls ?? new FarmTlsOptions(), Token = token });
        try
        {
            // A lasting token says who it is; a one-time token may do nothing but be exchanged.
            await client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: cancellationToken);
            return token;
        }
        catch (Grpc.Core.RpcException e) when (FarmError.From(e).Reason == "NOT_AUTHORISED")
        {
            var request = new ExchangeTokenRequest { Name = context.Get(TokenName) ?? Environment.UserName };
            if (context.Get(Ttl) is { } ttl)
            {
                request.Ttl = Duration.FromTimeSpan(DurationText.Parse(ttl));
            }

            var answer = await client.Security.ExchangeTokenAsync(request, cancellationToken: cancellationToken);
            context.Output.Note($"The one-time token was traded for '{answer.Token.Name}', good until {answer.Token.ExpireTime.ToDateTimeOffset():yyyy-MM-dd}.");
            return answer.Secret;
        }
    }

    private static async Task<string?> ReadTokenAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return null;
        }

        var text = file == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken);
        return text.Trim() is { Length: > 0 } token ? token : throw new UsageException("TOKEN_EMPTY", $"{file} holds no token. Write the token into it, and nothing else.");
    }

    // It becomes the name of a file.
    private static string NameOf(string name) => name.Length is > 0 and <= 64 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
        ? name
        : throw new UsageException("CONTEXT_NAME_INVALID", $"'{name}' is no name of a context: letters, digits, dots, dashes and underscores, at most 64. Choose one with --name.");

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}
