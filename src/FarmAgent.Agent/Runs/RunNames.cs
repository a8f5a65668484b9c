using System.Buffers;
using System.Security.Cryptography;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Runs;

/// <summary>Resource names of runs, <c>runs/r-…</c>. Their ids name folders, so nothing else may pass for one.</summary>
internal static class RunNames
{
    private const string Prefix = "runs/";
    private const string IdPrefix = "r-";
    private const int IdBytes = 8;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>A new name.</summary>
    public static string New() => Prefix + IdPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>The id in a name.</summary>
    /// <exception cref="RequestException">No name of a run (<c>RUN_UNKNOWN</c>).</exception>
    public static string IdOf(string name)
    {
        var id = name.StartsWith(Prefix + IdPrefix, StringComparison.Ordinal) ? name[Prefix.Length..] : "";
        return id.Length == IdPrefix.Length + (2 * IdBytes) && !id.AsSpan(IdPrefix.Length).ContainsAnyExcept(HexDigits) ? id : throw Unknown(name);
    }

    /// <summary>There is no such run.</summary>
    public static RequestException Unknown(string name) => (RequestException)new RequestException(
        "RUN_UNKNOWN", $"There is no run '{name}' here. Runs are called runs/r-…; farmctl runs list shows them.").With("run", name);
}
