using FarmAgent.Hardware.Usb;

namespace FarmAgent.Boards.Traces;

/// <summary>Opens probes whose transfers are recorded.</summary>
internal sealed class RecordedUsb(IUsbEnumerator inner, FlightRecorder recorder) : IUsbEnumerator
{
    private readonly TraceSource _source = recorder.AddSource(TraceChannel.Probe, "probe");

    public IReadOnlyList<UsbDeviceInfo> List() => inner.List();

    public IUsbBulkPipe Open(UsbDeviceInfo device, int interfaceNumber) => new RecordedUsbPipe(inner.Open(device, interfaceNumber), recorder, _source);
}

/// <summary>A probe's pipe, recorded.</summary>
internal sealed class RecordedUsbPipe(IUsbBulkPipe inner, FlightRecorder recorder, TraceSource source) : IUsbBulkPipe
{
    public UsbDeviceInfo Device => inner.Device;

    public void Write(byte endpoint, ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        var start = recorder.Now;
        var outcome = TraceOutcomes.Fault;
        try
        {
            inner.Write(endpoint, data, timeout);
            outcome = TraceOutcomes.Ok;
        }
        catch (UsbException e)
        {
            outcome = TraceOutcomes.Of(e.Error);
            throw;
        }
        finally
        {
            recorder.Add(source, TraceAction.UsbOut, outcome, start, recorder.Now, endpoint, data, []);
        }
    }

    public int Read(byte endpoint, Span<byte> buffer, TimeSpan timeout)
    {
        var start = recorder.Now;
        var outcome = TraceOutcomes.Fault;
        var count = 0;
        try
        {
            count = inner.Read(endpoint, buffer, timeout);
            outcome = TraceOutcomes.Ok;
            return count;
        }
        catch (UsbException e)
        {
            outcome = TraceOutcomes.Of(e.Error);
            throw;
        }
        finally
        {
            recorder.Add(source, TraceAction.UsbIn, outcome, start, recorder.Now, endpoint, [], buffer[..count]);
        }
    }

    public void ClearHalt(byte endpoint) => Around(TraceAction.UsbClearHalt, endpoint, () => inner.ClearHalt(endpoint));

    public void ResetDevice() => Around(TraceAction.UsbReset, 0, inner.ResetDevice);

    public void Dispose() => inner.Dispose();

    private void Around(TraceAction action, int detail, Action work)
    {
        var start = recorder.Now;
        var outcome = TraceOutcomes.Fault;
        try
        {
            work();
            outcome = TraceOutcomes.Ok;
        }
        catch (UsbException e)
        {
            outcome = TraceOutcomes.Of(e.Error);
            throw;
        }
        finally
        {
            recorder.Add(source, action, outcome, start, recorder.Now, detail, [], []);
        }
    }
}
