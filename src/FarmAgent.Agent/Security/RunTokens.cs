using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace FarmAgent.Agent.Security;

/// <summary>Secrets by which suites are known: each is good for one run and its lease, and dies with the run. Kept in memory, and there only as a digest.</summary>
internal sealed class RunTokens
{
    private const int SecretBytes = 32;

    private readonly ConcurrentDictionary<string, Caller> _byDigest = new(StringComparer.Ordinal);

    /// <summary>Makes a secret for a run.</summary>
    public string Issue(string run, string lease)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        _byDigest[DigestOf(secret)] = new Caller("run:" + run, CallerRole.Runner, run, lease);
        return secret;
    }

    /// <summary>Who holds a secret; null when it is none of ours, or of a run that has ended.</summary>
    public Caller? Find(string secret) => _byDigest.GetValueOrDefault(DigestOf(secret));

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

    private static string DigestOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
