using FarmAgent.Hardware.Usb;
using FarmAgent.Probes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tunnels.UsbDevices;

/// <summary>
/// Bulk transfers of a foreign host on a pipe. What it sends is passed on at once; what it wants to receive is asked for in short slices, in the
/// order of asking for each endpoint, so that sending and taking back need not wait for a device that has nothing to say.
/// </summary>
internal sealed class PipeDevice(
    IUsbBulkPipe pipe, StandardRequests standard, Action<uint, byte[], int> received, Action<uint, int> sent, Action<uint, Wire.UsbStatus> failed)
{
    private const uint In = 0x80;
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);
    private readonly LinkedList<Wire.UsbTransfer> _receiving = [];

    /// <summary>True while something is wanted of the device.</summary>
    public bool IsReceiving => _receiving.Count > 0;

    /// <summary>Does a control transfer.</summary>
    public byte[]? Control(UsbSetup setup)
    {
        try
        {
            return standard.Answer(setup);
        }
        catch (UsbException e)
        {
            ThrowIfGone(e);
            return null;
        }
    }

    /// <summary>Begins a bulk transfer.</summary>
    public void Begin(Wire.UsbTransfer transfer)
    {
        if ((transfer.Endpoint & In) != 0)
        {
            _receiving.AddLast(transfer);
            return;
        }

        try
        {
            pipe.Write((byte)transfer.Endpoint, transfer.Data.Span, SendLimit);
            sent(transfer.Id, transfer.Data.Length);
        }
        catch (UsbException e)
        {
            ThrowIfGone(e);
            failed(transfer.Id, StatusOf(e));
        }
    }

    /// <summary>Asks the device once for each endpoint that something is wanted from.</summary>
    public void Receive()
    {
        var asked = new HashSet<uint>();
        for (var node = _receiving.First; node is not null;)
        {
            var next = node.Next;
            if (asked.Add(node.Value.Endpoint) && TryReceive(node.Value))
            {
                _receiving.Remove(node);
            }

            node = next;
        }
    }

    /// <summary>Takes a transfer back.</summary>
    /// <returns>False when it is over already.</returns>
    public bool TakeBack(uint id)
    {
        for (var node = _receiving.First; node is not null; node = node.Next)
        {
            if (node.Value.Id == id)
            {
                _receiving.Remove(node);
                return true;
            }
        }

        return false;
    }

    private static Wire.UsbStatus StatusOf(UsbException e) => e.Error switch
    {
        UsbError.Stall => Wire.UsbStatus.Stall,
        UsbError.Timeout => Wire.UsbStatus.Timeout,
        UsbError.Overflow => Wire.UsbStatus.Overflow,
        _ => Wire.UsbStatus.Failed,
    };

    private bool TryReceive(Wire.UsbTransfer transfer)
    {
        var buffer = new byte[transfer.Length];
        try
        {
            received(transfer.Id, buffer, pipe.Read((byte)transfer.Endpoint, buffer, Slice));
        }
        catch (UsbException e) when (e.Error == UsbError.Timeout)
        {
            return false;
        }
        catch (UsbException e)
        {
            ThrowIfGone(e);
            failed(transfer.Id, StatusOf(e));
        }

        return true;
    }

    private void ThrowIfGone(UsbException e)
    {
        if (e.Error == UsbError.Disconnected)
        {
            throw new ProbeException("PROBE_DISCONNECTED", $"The probe at usb:{pipe.Device.PortPath} left USB while it was attached. Plug it in again, then attach again.", e);
        }
    }
}
