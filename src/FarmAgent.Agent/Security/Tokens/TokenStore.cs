using System.Text.Json;
using FarmAgent.Agent.Security.Setup;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Security.Tokens;

/// <summary>The tokens of this agent: in memory by their digests, and in a file that only the agent's user reads. Thread-safe.</summary>
internal sealed class TokenStore
{
    private const int MostTokens = 1_000;
    private const int LongestName = 64;

    private readonly Lock _lock = new();
    private readonly string _file;
    private readonly TimeProvider _time;
    private Dictionary<string, TokenRecord> _byName;

    /// <summary>Reads the file.</summary>
    /// <exception cref="AgentException">It is damaged (<c>TOKENS_UNREADABLE</c>).</exception>
    public TokenStore(string file, TimeProvider time)
    {
        (_file, _time) = (file, time);
        _byName = Read(file);
    }

    /// <summary>All, by name.</summary>
    public IReadOnlyList<TokenRecord> List()
    {
        lock (_lock)
        {
            return [.. _byName.Values.OrderBy(t => t.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>True when somebody could come in by a token.</summary>
    public bool AnyInForce => List().Any(t => t.Expires is null || t.Expires > _time.GetUtcNow());

    /// <summary>Who holds a secret; null when it is none of ours or has expired.</summary>
    public Caller? Find(string secret)
    {
        var digest = TokenSecret.DigestOf(secret);
        var now = _time.GetUtcNow();
        lock (_lock)
        {
            foreach (var token in _byName.Values)
            {
                var expires = token.Digest == digest ? token.Expires : token.OldExpires;
                if ((token.Digest == digest || (token.OldDigest.Length > 0 && token.OldDigest == digest)) && (expires is null || expires > now))
                {
                    var grants = GrantsOf(token);
                    return new Caller("token:" + token.Name, token.OneTime ? CallerRole.None : Caller.MostOf(grants))
                    {
                        Grants = grants,
                        Credential = "token:" + token.Name,
                        ExpireTime = expires,
                        IsOneTime = token.OneTime,
                    };
                }
            }
        }

        return null;
    }

    /// <summary>Makes a token.</summary>
    /// <returns>The token, and its secret, which is nowhere else.</returns>
    /// <exception cref="RequestException">The name is taken or none (<c>TOKEN_NAME_INVALID</c>, <c>TOKEN_EXISTS</c>, <c>TOKEN_TOO_MANY</c>).</exception>
    public (TokenRecord Token, string Secret) Create(string name, IReadOnlyList<RoleGrant> grants, TimeSpan? ttl, bool oneTime, string createdBy)
    {
        var secret = TokenSecret.Make();
        return (Add(name, secret, grants, ttl, oneTime, createdBy), secret);
    }

    /// <summary>Takes a token whose secret somebody else made.</summary>
    public TokenRecord Add(string name, string secret, IReadOnlyList<RoleGrant> grants, TimeSpan? ttl, bool oneTime, string createdBy)
    {
        CheckName(name);
        lock (_lock)
        {
            if (_byName.TryGetValue(name, out var known) && (known.Expires is null || known.Expires > _time.GetUtcNow()))
            {
                throw new RequestException("TOKEN_EXISTS", $"There is a token '{name}' already. Choose another name, or give that one a new secret: farmctl token rotate {name}.");
            }

            if (_byName.Count >= MostTokens)
            {
                throw new RequestException("TOKEN_TOO_MANY", $"There are {_byName.Count} tokens, as many as are kept. Revoke those that nobody uses.");
            }

            var now = _time.GetUtcNow();
            var token = new TokenRecord
            {
                Name = name,
                Digest = TokenSecret.DigestOf(secret),
                Grants = [.. grants.Select(g => new TokenGrant(RoleGrant.WordOf(g.Role), g.Boards))],
                Created = now,
                Expires = now + ttl,
                OneTime = oneTime,
                CreatedBy = createdBy,
            };
            Save(new Dictionary<string, TokenRecord>(_byName, StringComparer.Ordinal) { [name] = token });
            return token;
        }
    }

    /// <summary>Trades a one-time token for a lasting one, in one step: there is never a time with both or neither.</summary>
    /// <exception cref="RequestException">It was traded before, or the name is taken (<c>TOKEN_UNKNOWN</c>, …).</exception>
    public (TokenRecord Token, string Secret) Exchange(string oneTimeName, string name, TimeSpan ttl)
    {
        CheckName(name);
        lock (_lock)
        {
            var old = Get(oneTimeName);
            if (!old.OneTime)
            {
                throw new RequestException("TOKEN_UNKNOWN", $"'{oneTimeName}' is no one-time token. It lasts already; use it as it is.");
            }

            if (name != oneTimeName && _byName.ContainsKey(name))
            {
                throw new RequestException("TOKEN_EXISTS", $"There is a token '{name}' already. Choose another name with --name; the one-time token is still good.");
            }

            var (secret, now) = (TokenSecret.Make(), _time.GetUtcNow());
            var token = old with { Name = name, Digest = TokenSecret.DigestOf(secret), OneTime = false, Created = now, Expires = now + ttl };
            var changed = new Dictionary<string, TokenRecord>(_byName, StringComparer.Ordinal);
            changed.Remove(oneTimeName);
            changed[name] = token;
            Save(changed);
            return (token, secret);
        }
    }

    /// <summary>Gives a token a new secret.</summary>
    /// <exception cref="RequestException">There is none of that name (<c>TOKEN_UNKNOWN</c>).</exception>
    public (TokenRecord Token, string Secret) Rotate(string name, TimeSpan? ttl, TimeSpan overlap)
    {
        lock (_lock)
        {
            var (old, secret, now) = (Get(name), TokenSecret.Make(), _time.GetUtcNow());
            var oldEnd = now + overlap;
            var token = old with
            {
                Digest = TokenSecret.DigestOf(secret),
                OldDigest = overlap > TimeSpan.Zero ? old.Digest : "",
                OldExpires = overlap > TimeSpan.Zero ? (old.Expires < oldEnd ? old.Expires : oldEnd) : null,
                Created = now,
                Expires = now + (ttl ?? (old.Expires - old.Created)),
            };
            Save(new Dictionary<string, TokenRecord>(_byName, StringComparer.Ordinal) { [name] = token });
            return (token, secret);
        }
    }

    /// <summary>Ends a token.</summary>
    /// <exception cref="RequestException">There is none of that name (<c>TOKEN_UNKNOWN</c>).</exception>
    public void Revoke(string name)
    {
        lock (_lock)
        {
            Get(name);
            var changed = new Dictionary<string, TokenRecord>(_byName, StringComparer.Ordinal);
            changed.Remove(name);
            Save(changed);
        }
    }

    private static IReadOnlyList<RoleGrant> GrantsOf(TokenRecord token) => [.. token.Grants.Select(g => new RoleGrant(RoleGrant.RoleOf(g.Role), g.Boards))];

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
        {
            throw new RequestException("TOKEN_NAME_INVALID", $"A token's name is of letters, digits, dots, dashes and underscores, at most {LongestName}; this one has {name.Length} characters. Choose such a name.");
        }
    }

    private TokenRecord Get(string name) => _byName.TryGetValue(name, out var token)
        ? token
        : throw new RequestException("TOKEN_UNKNOWN", "There is no token of that name. farmctl token list shows those that there are.");

    // Kept first, in force then: what was acknowledged is there after a power cut.
    private void Save(Dictionary<string, TokenRecord> changed)
    {
        var file = new TokenFile([.. changed.Values.OrderBy(t => t.Name, StringComparer.Ordinal)]);
        PrivateFile.Write(_file, JsonSerializer.SerializeToUtf8Bytes(file, TokenJson.Default.TokenFile), replace: true);
        _byName = changed;
    }

    private static Dictionary<string, TokenRecord> Read(string file)
    {
        if (!File.Exists(file))
        {
            return new Dictionary<string, TokenRecord>(StringComparer.Ordinal);
        }

        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(file), TokenJson.Default.TokenFile);
            return (read?.Tokens ?? []).ToDictionary(t => t.Name, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AgentException(
                "TOKENS_UNREADABLE", $"The tokens in {file} cannot be read: {e.Message} Put the file back from a copy, or move it away and make new tokens.", e);
        }
    }
}
