using System.Buffers.Binary;
using FarmAgent.Hardware.Usb;

namespace FarmAgent.TestKit.Strangers;

/// <summary>
/// One device that a client has opened: its requests in the order in which they came. An IN transfer for which the device has nothing yet is
/// kept, as the host controller keeps asking; a later OUT transfer is what can give it an answer.
/// </summary>
internal sealed class UsbSocketHandle(IUsbEnumerator usb, UsbDeviceInfo device, Stream stream) : IDisposable
{
    private const int BulkHeader = 12;
    private const byte InDirection = 0x80;

    // An OUT transfer takes as long as the adapter needs for the SWD transfers in it; the client's own limit ends the wait for it earlier.
    private static readonly TimeSpan OutLimit = TimeSpan.FromSeconds(30);
    private readonly StLinkDescriptors _descriptors = new(device);
    private readonly List<UsbSocketMessage> _waiting = [];
    private IUsbBulkPipe? _pipe;

    public void Handle(UsbSocketMessage request)
    {
        switch (request.Operation)
        {
            case UsbSocketOperation.Claim:
                Claim(request);
                break;
            case UsbSocketOperation.Release:
                request.Answer(stream, _pipe is null ? UsbSocketStatus.NotFound : UsbSocketStatus.Okay);
                Dispose();
                break;
            case UsbSocketOperation.Bulk:
                Bulk(request);
                break;
            case UsbSocketOperation.Cancel:
                Cancel(BinaryPrimitives.ReadUInt32LittleEndian(request.Payload));
                break;
            case UsbSocketOperation.Control:
                Control(request);
                break;
            case UsbSocketOperation.GetConfiguration:
                request.Answer(stream, UsbSocketStatus.Okay, [1, 0, 0, 0]);
                break;
            case UsbSocketOperation.KernelDriver:
                request.Answer(stream, UsbSocketStatus.Okay, request.Payload[1] == 0 ? [0] : default(ReadOnlySpan<byte>));
                break;
            case UsbSocketOperation.SetConfiguration or UsbSocketOperation.SetAlternateSetting:
                request.Answer(stream, UsbSocketStatus.Okay);
                break;
            case UsbSocketOperation.ClearHalt:
                Try(request, pipe => pipe.ClearHalt(request.Payload[0]));
                break;
            case UsbSocketOperation.Reset:
                Try(request, pipe => pipe.ResetDevice());
                break;
            default:
                request.Answer(stream, UsbSocketStatus.NotSupported);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipe?.Dispose();
        _pipe = null;
    }

    private void Claim(UsbSocketMessage request)
    {
        try
        {
            _pipe ??= usb.Open(device, request.Payload[0]);
            request.Answer(stream, UsbSocketStatus.Okay);
        }
        catch (UsbException e)
        {
            request.Answer(stream, UsbSocketStatuses.Of(e));
        }
    }

    private void Bulk(UsbSocketMessage request)
    {
        var endpoint = request.Payload[4];
        if (_pipe is null)
        {
            request.Answer(stream, UsbSocketStatus.NotFound, new byte[4]);
        }
        else if ((endpoint & InDirection) != 0)
        {
            _waiting.Add(request);
            AnswerWaiting();
        }
        else
        {
            Send(_pipe, request, endpoint);
            AnswerWaiting();
        }
    }

    private void Send(IUsbBulkPipe pipe, UsbSocketMessage request, byte endpoint)
    {
        var answer = new byte[4];
        try
        {
            pipe.Write(endpoint, request.Payload.AsSpan(BulkHeader), OutLimit);
            BinaryPrimitives.WriteInt32LittleEndian(answer, request.Payload.Length - BulkHeader);
            request.Answer(stream, UsbSocketStatus.Okay, answer);
        }
        catch (UsbException e)
        {
            request.Answer(stream, UsbSocketStatuses.Of(e), answer);
        }
    }

    /// <summary>Gives waiting IN transfers what the device has by now, each endpoint's in order.</summary>
    private void AnswerWaiting()
    {
        var empty = new HashSet<byte>();
        foreach (var request in _waiting.ToArray())
        {
            if (!empty.Contains(request.Payload[4]) && !TryReceive(request))
            {
                empty.Add(request.Payload[4]);
            }
        }
    }

    private bool TryReceive(UsbSocketMessage request)
    {
        var answer = new byte[4 + BinaryPrimitives.ReadInt32LittleEndian(request.Payload.AsSpan(8))];
        var status = UsbSocketStatus.Okay;
        var count = 0;
        try
        {
            count = _pipe!.Read(request.Payload[4], answer.AsSpan(4), TimeSpan.Zero);
        }
        catch (UsbException e) when (e.Error == UsbError.Timeout)
        {
            return false;
        }
        catch (UsbException e)
        {
            status = UsbSocketStatuses.Of(e);
        }

        _waiting.Remove(request);
        BinaryPrimitives.WriteInt32LittleEndian(answer, count);
        request.Answer(stream, status, answer.AsSpan(0, 4 + count));
        return true;
    }

    private void Cancel(uint tag)
    {
        foreach (var victim in _waiting.Where(r => r.Tag == tag).ToArray())
        {
            _waiting.Remove(victim);
            victim.Answer(stream, UsbSocketStatus.Interrupted, new byte[4]);
        }
    }

    /// <summary>Requests to endpoint 0: descriptors, and the standard ones that only need a yes.</summary>
    private void Control(UsbSocketMessage request)
    {
        const byte GetStatus = 0;
        const byte GetDescriptor = 6;
        const byte GetConfiguration = 8;
        var setup = request.Payload.AsSpan(4, 8);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(setup[6..]);
        var data = (setup[0], setup[1]) switch
        {
            (InDirection, GetDescriptor) => _descriptors.Find(BinaryPrimitives.ReadUInt16LittleEndian(setup[2..])),
            (InDirection, GetConfiguration) => [1],
            ( >= InDirection and <= InDirection + 2, GetStatus) => [0, 0],
            ( >= InDirection, _) => null,
            _ => [],
        };
        if (data is null)
        {
            request.Answer(stream, UsbSocketStatus.Stall);
        }
        else
        {
            request.Answer(stream, UsbSocketStatus.Okay, data.AsSpan(0, Math.Min(data.Length, length)));
        }
    }

    private void Try(UsbSocketMessage request, Action<IUsbBulkPipe> action)
    {
        try
        {
            if (_pipe is not null)
            {
                action(_pipe);
            }
            else
            {
                using var passing = usb.Open(device, 0);
                action(passing);
            }

            request.Answer(stream, UsbSocketStatus.Okay);
        }
        catch (UsbException e)
        {
            request.Answer(stream, UsbSocketStatuses.Of(e));
        }
    }
}
