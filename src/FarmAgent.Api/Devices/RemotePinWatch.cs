using System.Device.Gpio;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Api.Devices;

/// <summary>One line's watch at the agent, and who is called for its edges. It has begun when the constructor returns.</summary>
internal sealed class RemotePinWatch : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private readonly int _pin;
    private readonly CancellationTokenSource _stop = new();
    private readonly AsyncServerStreamingCall<WatchLineResponse> _call;
    private readonly Lock _lock = new();
    private readonly List<(PinEventTypes Types, PinChangeEventHandler Handler)> _callbacks = [];
    private readonly Task _pump;

    public RemotePinWatch(int pin, Func<CancellationToken, AsyncServerStreamingCall<WatchLineResponse>> start)
    {
        _pin = pin;
        _call = start(_stop.Token);
        var begun = _call.ResponseStream.MoveNext(_stop.Token);
        if (!begun.Wait(StartLimit))
        {
            _stop.Cancel();
            throw new IOException($"The agent did not begin to watch line {pin} within {StartLimit.TotalSeconds:F0} s.");
        }

        _pump = Task.Run(PumpAsync);
    }

    public void Add(PinEventTypes types, PinChangeEventHandler handler)
    {
        lock (_lock)
        {
            _callbacks.Add((types, handler));
        }
    }

    /// <summary>Takes a callback out.</summary>
    /// <returns>True when none is left.</returns>
    public bool Remove(PinChangeEventHandler handler)
    {
        lock (_lock)
        {
            _callbacks.RemoveAll(c => c.Handler == handler);
            return _callbacks.Count == 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _call.Dispose();
        _ = _pump.ContinueWith(_ => _stop.Dispose(), TaskScheduler.Default);
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var change in _call.ResponseStream.ReadAllAsync(_stop.Token))
            {
                var type = change.High ? PinEventTypes.Rising : PinEventTypes.Falling;
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
        catch (RpcException)
        {
            // The lease has ended or the agent is gone: whoever uses the line next is told so.
        }
        catch (OperationCanceledException)
        {
            // The watch was ended.
        }
    }
}
