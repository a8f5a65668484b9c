using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.StLink;

/// <summary>One claim on a simulated ST-LINK: bulk transfers at their price in time.</summary>
internal sealed class StLinkPipe : IUsbBulkPipe
{
    private const long PicosecondsPerTick = 100_000;
    internal const long ReenumerationTime = 500_000_000_000;
    private readonly SimulatedStLink _device;
    private readonly int _claim;
    private readonly StLinkFirmware _firmware;
    private readonly StLinkOptions _options;
    private readonly IBenchTimeline _timeline;

    /// <summary>Made by <see cref="SimulatedStLink.Open"/>.</summary>
    public StLinkPipe(SimulatedStLink device, int claim, StLinkFirmware firmware, StLinkOptions options, IBenchTimeline timeline)
    {
        _device = device;
        _claim = claim;
        _firmware = firmware;
        _options = options;
        _timeline = timeline;
        Device = device.Info;
    }

    /// <inheritdoc/>
    public UsbDeviceInfo Device { get; }

    /// <inheritdoc/>
    public void Write(byte endpoint, ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        RequireConnection();
        if (endpoint != _options.OutEndpoint)
        {
            throw _device.Failure(UsbError.Io, $"has no OUT endpoint 0x{endpoint:X2}. Use 0x{_options.OutEndpoint:X2}.");
        }

        SpendTransfer(data.Length);
        RequireConnection();
        _firmware.Receive(data);
        if (!_device.IsRestarting)
        {
            RequireConnection();
        }
    }

    /// <inheritdoc/>
    public int Read(byte endpoint, Span<byte> buffer, TimeSpan timeout)
    {
        RequireConnection();
        if (endpoint != _options.InEndpoint && endpoint != _options.TraceEndpoint)
        {
            throw _device.Failure(UsbError.Io, $"has no IN endpoint 0x{endpoint:X2}. Use 0x{_options.InEndpoint:X2}.");
        }

        if (endpoint == _options.TraceEndpoint || !_firmware.HasReply)
        {
            _timeline.Spend(timeout.Ticks * PicosecondsPerTick);
            RequireConnection();
            throw _device.Failure(UsbError.Timeout, $"sent nothing on endpoint 0x{endpoint:X2} within {timeout.TotalMilliseconds:F0} ms. Check which command asked for a reply.");
        }

        var count = _firmware.Take(buffer, _options.PacketSize, out var overflow);
        SpendTransfer(count);
        RequireConnection();
        return overflow
            ? throw _device.Failure(UsbError.Overflow, $"sent more than the {buffer.Length} bytes asked for. Ask for a whole reply, or for whole packets.")
            : count;
    }

    /// <inheritdoc/>
    public void ClearHalt(byte endpoint) => RequireConnection();

    /// <inheritdoc/>
    public void ResetDevice()
    {
        RequireConnection();
        _timeline.Spend(ReenumerationTime);
        RequireConnection();
        _firmware.PowerUp();
    }

    /// <inheritdoc/>
    public void Dispose() => _device.Release(_claim);

    private void RequireConnection()
    {
        if (!_device.Holds(_claim))
        {
            throw _device.Failure(UsbError.Disconnected, "is gone: it was unplugged, or this pipe was closed. Plug it in and open it again.");
        }
    }

    private void SpendTransfer(int bytes)
    {
        var packets = Math.Max(1, (bytes + _options.PacketSize - 1) / _options.PacketSize);
        _timeline.Spend(_options.TransferCost + (packets * _options.PacketCost));
    }
}
