namespace FarmAgent.Agent.Tunnels;

/// <summary>The attachments that are open: an agent that stops cuts them off with a reason, and waits until they have let their devices go. Thread-safe.</summary>
internal sealed class OpenTunnels
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;
    private bool _stopping;

    /// <summary>Enters an attachment until the result is disposed.</summary>
    /// <exception cref="AgentException">The agent stops (<c>AGENT_STOPPING</c>).</exception>
    public IDisposable Enter()
    {
        lock (_lock)
        {
            Check();
            _open++;
            return new Stay(this);
        }
    }

    /// <summary>Passes while the agent does not stop.</summary>
    /// <exception cref="AgentException">It does (<c>AGENT_STOPPING</c>).</exception>
    public void Check()
    {
        if (Volatile.Read(ref _stopping))
        {
            throw new AgentException("AGENT_STOPPING", "The agent stops, so the tunnel has ended. Start it again when the agent is back.");
        }
    }

    /// <summary>Cuts all off and waits until they have ended.</summary>
    /// <param name="limit">Longest wait; whoever is not out by then is left to the end of the process.</param>
    /// <param name="time">Clock of the limit.</param>
    public async Task StopAsync(TimeSpan limit, TimeProvider time)
    {
        lock (_lock)
        {
            Volatile.Write(ref _stopping, true);
            if (_open == 0)
            {
                return;
            }
        }

        await _empty.Task.WaitAsync(limit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_open == 0 && _stopping)
            {
                _empty.TrySetResult();
            }
        }
    }

    private sealed class Stay(OpenTunnels tunnels) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                tunnels.Leave();
            }
        }
    }
}
