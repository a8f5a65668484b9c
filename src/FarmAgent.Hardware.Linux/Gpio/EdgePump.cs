using System.Device.Gpio;

namespace FarmAgent.Hardware.Linux.Gpio;

/// <summary>Calls back for the edges of one line, from a thread of its own, in the order in which they came.</summary>
internal sealed class EdgePump : IDisposable
{
    private static readonly TimeSpan StopGrain = TimeSpan.FromMilliseconds(50);
    private readonly Lock _lock = new();
    private readonly GpioLineRequest _line;
    private readonly int _pin;
    private readonly List<(PinEventTypes Types, PinChangeEventHandler Handler)> _callbacks = [];
    private readonly Thread _thread;
    private volatile bool _stopped;

    public EdgePump(GpioLineRequest line, int pin)
    {
        (_line, _pin) = (line, pin);
        _thread = new Thread(Run) { IsBackground = true, Name = $"gpio-edges-{pin}" };
        _thread.Start();
    }

    public void Add(PinEventTypes types, PinChangeEventHandler callback)
    {
        lock (_lock)
        {
            _callbacks.Add((types, callback));
        }
    }

    /// <summary>Takes a callback out.</summary>
    /// <returns>True when none is left.</returns>
    public bool Remove(PinChangeEventHandler callback)
    {
        lock (_lock)
        {
            _callbacks.RemoveAll(c => c.Handler == callback);
            return _callbacks.Count == 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopped = true;

        // A callback may take its own line away.
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        try
        {
            while (!_stopped)
            {
                if (_line.TryReadEvent(StopGrain, out var found))
                {
                    Call(CharDeviceGpioDriver.TypeOf(found));
                }
            }
        }
        catch (HardwareException)
        {
            // The line is gone; whoever uses it next is told so.
        }
    }

    private void Call(PinEventTypes type)
    {
        (PinEventTypes Types, PinChangeEventHandler Handler)[] callbacks;
        lock (_lock)
        {
            callbacks = [.. _callbacks];
        }

        foreach (var (_, handler) in callbacks.Where(c => (c.Types & type) != 0))
        {
            handler(this, new PinValueChangedEventArgs(type, _pin));
        }
    }
}
