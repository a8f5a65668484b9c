using System.Globalization;

namespace FarmAgent.Agent.Security.Setup;

/// <summary>The command line of <c>farm-agent init</c>.</summary>
internal static class InitCommandLine
{
    public const string Help = """
        Usage: farm-agent init [options]

        Makes what an agent needs to listen on the network, below its state directory: a key with a self-signed certificate, an authority for
        client certificates where agent.yaml names none, and a one-time token for the first administrator. What is there already stays.

          --config FILE             configuration (default /etc/farm-agent/agent.yaml)
          --state DIR               state directory (default: as configured, /var/lib/farm-agent)
          --name NAME               a name or address by which clients reach this host; may be given often
          --days N                  how long certificates are good (default 3650)
          --csr                     write a request for a certificate too, for the farm's authority to sign
          --client NAME             make a certificate for a client, signed by the local authority
          --admin-token-file FILE   take the one-time token from this file instead of making one
                                    (default: $CREDENTIALS_DIRECTORY/farm-agent.admin-token, if it is there)
          --force                   replace the server's key and certificate, or the client's
          --forget                  remove keys, certificates and tokens: before a card is copied
          --help                    print this and end

        """;

    /// <summary>Reads the words after <c>init</c>.</summary>
    /// <returns>The options; or a text to print, and how to end.</returns>
    public static (InitOptions? Options, string Text, int ExitCode) Parse(IReadOnlyList<string> args)
    {
        var options = new InitOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i].IndexOf('=', StringComparison.Ordinal) : -1;
            var (name, value) = equals < 0 ? (args[i], null) : (args[i][..equals], args[i][(equals + 1)..]);
            switch (name)
            {
                case "--help" or "-h":
                    return (null, Help, 0);
                case "--csr" or "--force" or "--forget" when value is null:
                    options = name switch
                    {
                        "--csr" => options with { SigningRequest = true },
                        "--force" => options with { Force = true },
                        _ => options with { Forget = true },
                    };
                    continue;
                case "--config" or "--state" or "--name" or "--days" or "--client" or "--admin-token-file":
                    break;
                default:
                    return Usage($"'{args[i]}' is no option of farm-agent init.");
            }

            value ??= ++i < args.Count ? args[i] : null;
            if (string.IsNullOrEmpty(value))
            {
                return Usage($"{name} needs a value.");
            }

            switch (name)
            {
                case "--config":
                    options = options with { Config = value };
                    break;
                case "--state":
                    options = options with { State = value };
                    break;
                case "--name":
                    options = options with { Names = [.. options.Names, value] };
                    break;
                case "--client":
                    options = options with { Client = value };
                    break;
                case "--admin-token-file":
                    options = options with { AdminTokenFile = value };
                    break;
                default:
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < 1 or > 36_500)
                    {
                        return Usage($"--days is '{value}'; write a number from 1 to 36500.");
                    }

                    options = options with { Days = days };
                    break;
            }
        }

        return (options, "", 0);
    }

    private static (InitOptions? Options, string Text, int ExitCode) Usage(string problem) => (null, $"{problem}\nfarm-agent init --help lists the options.\n", 2);
}
