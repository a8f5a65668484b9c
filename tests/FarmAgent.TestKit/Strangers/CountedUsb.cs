using FarmAgent.Hardware.Usb;

namespace FarmAgent.TestKit.Strangers;

/// <summary>Counts what a program sends to an ST-LINK, and when it did, whoever the program is.</summary>
/// <param name="usb">The devices.</param>
/// <param name="clock">The bench's time.</param>
public sealed class CountedUsb(IUsbEnumerator usb, Func<TimeSpan> clock) : IUsbEnumerator
{
    private readonly Lock _lock = new();
    private TimeSpan? _first;
    private TimeSpan _last;
    private long _commands;
    private long _transfers;

    /// <summary>Command blocks since the last <see cref="Restart"/>.</summary>
    public long Commands => Locked(() => _commands);

    /// <summary>Bulk transfers, in either direction.</summary>
    public long Transfers => Locked(() => _transfers);

    /// <summary>Bench time from before the first transfer to after the last one.</summary>
    public TimeSpan Duration => Locked(() => _last - (_first ?? _last));

    /// <summary>Begins to count anew.</summary>
    public void Restart() => Locked(() =>
    {
        (_first, _commands, _transfers) = (null, 0, 0);
        return 0;
    });

    /// <inheritdoc/>
    public IReadOnlyList<UsbDeviceInfo> List() => usb.List();

    /// <inheritdoc/>
    public IUsbBulkPipe Open(UsbDeviceInfo device, int interfaceNumber) => new Pipe(this, usb.Open(device, interfaceNumber));

    private TimeSpan Now => clock();

    private T Locked<T>(Func<T> get)
    {
        lock (_lock)
        {
            return get();
        }
    }

    private void Count(TimeSpan began, bool isCommand)
    {
        lock (_lock)
        {
            _first ??= began;
            _last = clock();
            _transfers++;
            _commands += isCommand ? 1 : 0;
        }
    }

    private sealed class Pipe(CountedUsb counter, IUsbBulkPipe inner) : IUsbBulkPipe
    {
        private const byte Debug = 0xF2;

        /// <summary>A command to write memory by words, bytes or half-words is followed by its data, and so is a batch.</summary>
        private static readonly byte[] WithData = [0x08, 0x0D, 0x48, 0x51];
        private bool _dataFollows;

        public UsbDeviceInfo Device => inner.Device;

        public void Write(byte endpoint, ReadOnlySpan<byte> data, TimeSpan timeout)
        {
            var began = counter.Now;
            var isCommand = !_dataFollows;
            _dataFollows = isCommand && data.Length >= 2 && data[0] == Debug && WithData.Contains(data[1]);
            inner.Write(endpoint, data, timeout);
            counter.Count(began, isCommand);
        }

        public int Read(byte endpoint, Span<byte> buffer, TimeSpan timeout)
        {
            var began = counter.Now;
            var length = inner.Read(endpoint, buffer, timeout);
            counter.Count(began, isCommand: false);
            return length;
        }

        public void ClearHalt(byte endpoint) => inner.ClearHalt(endpoint);

        public void ResetDevice() => inner.ResetDevice();

        public void Dispose() => inner.Dispose();
    }
}
