using System.Collections.Concurrent;
using FarmAgent.Agent.Security.Tokens;

namespace FarmAgent.Agent.Security;

/// <summary>Secrets by which suites are known: each is good for one run and its lease, and dies with the run. Kept in memory, and there only as a digest.</summary>
internal sealed class RunTokens
{
    private readonly ConcurrentDictionary<string, Caller> _byDigest = new(StringComparer.Ordinal);

    /// <summary>Makes a secret for a run.</summary>
    /// <param name="run">Id of the run.</param>
    /// <param name="lease">Id of its lease.</param>
    /// <param name="board">Name of its board.</param>
    public string Issue(string run, string lease, string board)
    {
        var secret = TokenSecret.Make();
        _byDigest[TokenSecret.DigestOf(secret)] = new Caller("run:" + run, CallerRole.Runner, run, lease) { Board = board };
        return secret;
    }

    /// <summary>Who holds a secret; null when it is none of ours, or of a run that has ended.</summary>
    public Caller? Find(string secret) => _byDigest.GetValueOrDefault(TokenSecret.DigestOf(secret));

    /// <summary>Ends the secrets of a run.</summary>
    public void Revoke(string run)
    {
        foreach (var (digest, caller) in _byDigest)
        {
            if (caller.Run == run)
            {
                _byDigest.TryRemove(digest, out _);
            }
        }
    }
}
