using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Power;

/// <summary>A board's supply by whichever switch its file names; the switch is taken at first use and again after it failed.</summary>
internal sealed class BoardPower(PowerDescription description, IHardwareBackend backend) : IBoardPower, IDisposable
{
    /// <summary>How often a wait looks whether the lease is still there.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private IPowerSwitch? _switch;
    private volatile string? _problem;

    /// <inheritdoc/>
    public PowerDescription Description { get; } = description;

    /// <inheritdoc/>
    public string? Problem => _problem;

    /// <inheritdoc/>
    public bool IsOn(LeaseToken token) => Use(token, s => s.IsOn);

    /// <inheritdoc/>
    public void Switch(LeaseToken token, bool on, CancellationToken cancellationToken) => Use(token, s =>
    {
        var rises = on && !s.IsOn;
        s.Switch(on);
        if (rises)
        {
            Wait(token, Description.SettleTime, cancellationToken);
        }

        return on;
    });

    /// <inheritdoc/>
    public void Cycle(LeaseToken token, TimeSpan? offTime, CancellationToken cancellationToken) => Use(token, s =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            s.Switch(on: false);
            Wait(token, offTime ?? Description.OffTime, cancellationToken);
        }
        finally
        {
            // Whatever ended the wait: a board is not left dark by somebody who has gone.
            s.Switch(on: true);
        }

        Wait(token, Description.SettleTime, cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _switch?.Dispose();
            _switch = null;
        }
    }

    /// <summary>Leaves the supply as described for the time in which nobody uses the board.</summary>
    /// <returns>False where the supply is off afterwards.</returns>
    internal bool MakeSafe(LeaseToken token, CancellationToken cancellationToken)
    {
        if (Description.Safe == SafePower.Leave)
        {
            return IsOn(token);
        }

        var on = Description.Safe == SafePower.On;
        Switch(token, on, cancellationToken);
        return on;
    }

    private T Use<T>(LeaseToken token, Func<IPowerSwitch, T> action)
    {
        ArgumentNullException.ThrowIfNull(token);
        lock (_lock)
        {
            token.Check();
            try
            {
                _switch ??= Open();
                var result = action(_switch);
                _problem = null;
                return result;
            }
            catch (HardwareException e)
            {
                _problem = $"Power by {Description.SwitchName}: {e.Message}";
                _switch?.Dispose();
                _switch = null;
                throw;
            }
        }
    }

    private IPowerSwitch Open() => Description.Relay is { } line
        ? new RelaySwitch(backend.OpenGpio(line), Description.ActiveHigh)
        : new UsbPortSwitch(backend.OpenUsbPortPower(Description.UsbPort!));

    private void Wait(LeaseToken token, TimeSpan duration, CancellationToken cancellationToken)
    {
        var end = backend.Waiter.Elapsed + duration;
        while (backend.Waiter.Elapsed < end)
        {
            var left = end - backend.Waiter.Elapsed;
            backend.Waiter.Wait(left < Slice ? left : Slice, cancellationToken);
            token.Check();
        }
    }
}
