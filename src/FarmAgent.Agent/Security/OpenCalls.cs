using System.Collections.Concurrent;

namespace FarmAgent.Agent.Security;

/// <summary>The calls that are being served to callers whose credential can end, so that they can be cut off when it does.</summary>
internal sealed class OpenCalls(TimeProvider time)
{
    private readonly ConcurrentDictionary<HttpContext, Caller> _calls = new();

    /// <summary>Remembers a call until the result is disposed.</summary>
    public Registration Enter(HttpContext http, Caller caller)
    {
        if (caller.Credential.Length == 0)
        {
            return default;
        }

        _calls[http] = caller;
        return new Registration(this, http);
    }

    /// <summary>Cuts off the calls made by a credential.</summary>
    /// <returns>How many there were.</returns>
    public int Abort(string credential) => AbortWhere(c => c.Credential == credential);

    /// <summary>Cuts off the calls whose credential has ended since they began.</summary>
    public int AbortExpired()
    {
        var now = time.GetUtcNow();
        return AbortWhere(c => c.ExpireTime <= now);
    }

    /// <summary>Cuts off calls of which something is true.</summary>
    public int AbortWhere(Func<Caller, bool> isOver)
    {
        var count = 0;
        foreach (var (http, caller) in _calls)
        {
            if (isOver(caller) && _calls.TryRemove(http, out _))
            {
                http.Abort();
                count++;
            }
        }

        return count;
    }

    /// <summary>A call that is being served.</summary>
    public readonly struct Registration(OpenCalls calls, HttpContext http) : IDisposable
    {
        public void Dispose() => calls?._calls.TryRemove(http, out _);
    }
}
