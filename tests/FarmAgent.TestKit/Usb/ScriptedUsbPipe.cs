using FarmAgent.Hardware.Usb;
using Xunit;

namespace FarmAgent.TestKit.Usb;

/// <summary>
/// A probe that knows its part by heart: each command it expects, byte for byte, and what it answers. Anything else is a failed test. Reading
/// when nothing is queued is a timeout, as on a real bus; replies that nobody read stay queued.
/// </summary>
public sealed class ScriptedUsbPipe : IUsbBulkPipe
{
    private const int CommandLength = 16;
    private readonly Queue<Step> _script = new();
    private readonly Queue<byte[]> _replies = new();
    private UsbError? _readFailure;

    public UsbDeviceInfo Device { get; init; } = new() { VendorId = 0x0483, ProductId = 0x3748, PortPath = "1-1" };

    public int Resets { get; private set; }

    public IList<byte> ClearedHalts { get; } = [];

    public bool IsDisposed { get; private set; }

    /// <summary>True when every expected command came.</summary>
    public bool IsDone => _script.Count == 0;

    /// <summary>Expects a command of 16 bytes, given without its zero padding, and queues a reply unless that is empty.</summary>
    public ScriptedUsbPipe Expect(string command, string reply = "")
    {
        _script.Enqueue(new Step(Pad(Bytes(command)), reply.Length == 0 ? null : Bytes(reply), null, null));
        return this;
    }

    /// <summary>Expects the data phase of the command before.</summary>
    public ScriptedUsbPipe ExpectData(string data)
    {
        _script.Enqueue(new Step(Bytes(data), null, null, null));
        return this;
    }

    /// <summary>Expects a command that fails when it is written.</summary>
    public ScriptedUsbPipe ExpectWriteFailure(string command, UsbError failure)
    {
        _script.Enqueue(new Step(Pad(Bytes(command)), null, failure, null));
        return this;
    }

    /// <summary>Expects a command whose reply fails to be read, once.</summary>
    public ScriptedUsbPipe ExpectReadFailure(string command, UsbError failure)
    {
        _script.Enqueue(new Step(Pad(Bytes(command)), null, null, failure));
        return this;
    }

    /// <summary>Leaves a reply in the pipe, as a program that was killed does.</summary>
    public ScriptedUsbPipe QueueStale(string reply)
    {
        _replies.Enqueue(Bytes(reply));
        return this;
    }

    public void Write(byte endpoint, ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        Assert.True(_script.Count > 0, $"Nothing more was expected, but {Convert.ToHexString(data)} came.");
        var step = _script.Dequeue();
        Assert.Equal(Convert.ToHexString(step.Expected), Convert.ToHexString(data));
        if (step.WriteFailure is { } failure)
        {
            throw new UsbException(failure, $"scripted {failure}");
        }

        _readFailure = step.ReadFailure;
        if (step.Reply is not null)
        {
            _replies.Enqueue(step.Reply);
        }
    }

    public int Read(byte endpoint, Span<byte> buffer, TimeSpan timeout)
    {
        if (_readFailure is { } failure)
        {
            _readFailure = null;
            throw new UsbException(failure, $"scripted {failure}");
        }

        if (!_replies.TryDequeue(out var reply))
        {
            throw new UsbException(UsbError.Timeout, "scripted: nothing to read");
        }

        if (reply.Length > buffer.Length)
        {
            throw new UsbException(UsbError.Overflow, "scripted: more than asked for");
        }

        reply.CopyTo(buffer);
        return reply.Length;
    }

    public void ClearHalt(byte endpoint) => ClearedHalts.Add(endpoint);

    public void ResetDevice()
    {
        Resets++;
        _replies.Clear();
    }

    public void Dispose() => IsDisposed = true;

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

    private static byte[] Pad(byte[] command)
    {
        Array.Resize(ref command, CommandLength);
        return command;
    }

    private sealed record Step(byte[] Expected, byte[]? Reply, UsbError? WriteFailure, UsbError? ReadFailure);
}
