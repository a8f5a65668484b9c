using System.Device.Gpio;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Api.Devices;

/// <summary>
/// A leased board's host lines for a <see cref="GpioController"/> on a laptop. A pin number is the number that the board's file gives a line (203 for
/// PG11). Each call blocks for a round trip; edges come with the agent's watch, so none is lost to polling.
/// </summary>
/// <param name="client">The agent.</param>
/// <param name="board">The board's resource name, for example <c>boards/b1</c>.</param>
/// <param name="lease">The lease's resource name.</param>
public sealed class RemoteGpioDriver(FarmClient client, string board, string lease) : GpioDriver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, PinMode> _modes = [];
    private readonly Dictionary<int, RemotePinWatch> _watches = [];

    /// <inheritdoc/>
    protected override int PinCount => Call(() => client.Gpio.ListLines(new ListLinesRequest { Board = board, Lease = lease })).Lines.Count;

    /// <inheritdoc/>
    protected override void OpenPin(int pinNumber)
    {
        var line = Call(() => client.Gpio.GetLine(new GetLineRequest { Board = board, Lease = lease, Line = NameOf(pinNumber) })).Line;
        lock (_lock)
        {
            _modes[pinNumber] = line.Direction == LineDirection.Output ? PinMode.Output : PinMode.Input;
        }
    }

    /// <inheritdoc/>
    protected override void ClosePin(int pinNumber)
    {
        RemotePinWatch? watch;
        lock (_lock)
        {
            _modes.Remove(pinNumber);
            _watches.Remove(pinNumber, out watch);
        }

        watch?.Dispose();
    }

    /// <inheritdoc/>
    protected override void SetPinMode(int pinNumber, PinMode mode) =>
        SetPinMode(pinNumber, mode, mode == PinMode.Output ? Read(pinNumber) : PinValue.Low);

    /// <inheritdoc/>
    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue)
    {
        Call(() => client.Gpio.ConfigureLine(new ConfigureLineRequest
        {
            Board = board,
            Lease = lease,
            Line = NameOf(pinNumber),
            Direction = mode == PinMode.Output ? LineDirection.Output : LineDirection.Input,
            InitialHigh = initialValue == PinValue.High,
            Bias = mode switch
            {
                PinMode.InputPullUp => LineBias.PullUp,
                PinMode.InputPullDown => LineBias.PullDown,
                _ => LineBias.Unspecified,
            },
        }));
        lock (_lock)
        {
            _modes[pinNumber] = mode;
        }
    }

    /// <inheritdoc/>
    protected override PinMode GetPinMode(int pinNumber)
    {
        lock (_lock)
        {
            return _modes.GetValueOrDefault(pinNumber, PinMode.Input);
        }
    }

    /// <inheritdoc/>
    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) =>
        mode is PinMode.Input or PinMode.Output or PinMode.InputPullUp or PinMode.InputPullDown;

    /// <inheritdoc/>
    protected override PinValue Read(int pinNumber) =>
        Call(() => client.Gpio.GetLine(new GetLineRequest { Board = board, Lease = lease, Line = NameOf(pinNumber) })).Line.High;

    /// <inheritdoc/>
    protected override void Write(int pinNumber, PinValue value) =>
        Call(() => client.Gpio.SetLine(new SetLineRequest { Board = board, Lease = lease, Line = NameOf(pinNumber), High = value == PinValue.High }));

    /// <inheritdoc/>
    protected override void Toggle(int pinNumber) => Write(pinNumber, !(bool)Read(pinNumber));

    /// <inheritdoc/>
    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken)
    {
        using var seen = new SemaphoreSlim(0);
        var type = PinEventTypes.None;
        using var watch = Watch(pinNumber);
        watch.Add(eventTypes, (_, change) =>
        {
            type = change.ChangeType;
            seen.Release();
        });
        try
        {
            seen.Wait(cancellationToken);
            return new WaitForEventResult { EventTypes = type, TimedOut = false };
        }
        catch (OperationCanceledException)
        {
            return new WaitForEventResult { EventTypes = PinEventTypes.None, TimedOut = true };
        }
    }

    /// <inheritdoc/>
    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        lock (_lock)
        {
            if (!_watches.TryGetValue(pinNumber, out var watch))
            {
                _watches[pinNumber] = watch = Watch(pinNumber);
            }

            watch.Add(eventTypes, callback);
        }
    }

    /// <inheritdoc/>
    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        RemotePinWatch? empty = null;
        lock (_lock)
        {
            if (_watches.TryGetValue(pinNumber, out var watch) && watch.Remove(callback))
            {
                _watches.Remove(pinNumber);
                empty = watch;
            }
        }

        empty?.Dispose();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var pin in _modes.Keys.ToArray())
            {
                ClosePin(pin);
            }
        }

        base.Dispose(disposing);
    }

    private static string NameOf(int pin) => pin.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static T Call<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (RpcException e)
        {
            var error = FarmError.From(e);
            throw new IOException($"{error.Reason}: {error.Message}", e);
        }
    }

    private RemotePinWatch Watch(int pin) =>
        new(pin, stop => client.Gpio.WatchLine(new WatchLineRequest { Board = board, Lease = lease, Line = NameOf(pin) }, cancellationToken: stop));
}
