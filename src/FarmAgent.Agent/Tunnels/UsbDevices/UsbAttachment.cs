using FarmAgent.Boards.Executors;
using FarmAgent.Hardware;
using Google.Protobuf;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tunnels.UsbDevices;

/// <summary>A board's device that a foreign host has attached: transfers come from its stream, and what became of them goes back on it.</summary>
internal abstract class UsbAttachment(LeaseToken token, string tool, OpenTunnels tunnels)
    : StreamAttachment<Wire.AttachUsbDeviceRequest, Wire.AttachUsbDeviceResponse>(tool, 4 * MostUnderWay)
{
    /// <summary>How often the lease is looked at while nothing is to do.</summary>
    protected static readonly TimeSpan LeaseCheck = TimeSpan.FromMilliseconds(100);

    private const int MostUnderWay = 64;
    private const int LongestTransfer = 1 << 20;

    /// <summary>The right to touch the board.</summary>
    protected LeaseToken Token { get; } = token;

    /// <summary>What is asked of the device.</summary>
    protected UsbRequestQueue Requests { get; } = new(2 * MostUnderWay);

    /// <inheritdoc/>
    protected override bool IsAttached(Wire.AttachUsbDeviceResponse answer) => answer.Attached is not null;

    /// <inheritdoc/>
    protected override void Take(Wire.AttachUsbDeviceRequest request)
    {
        if (!Requests.TryAdd(Checked(request)))
        {
            throw new RequestException("REQUEST_INVALID", $"More than {MostUnderWay} transfers were sent without waiting for their end. Send fewer at once.");
        }
    }

    /// <inheritdoc/>
    protected override void EndRequests() => Requests.Close();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Requests.Dispose();

    /// <summary>Passes while the lease holds and the agent does not stop.</summary>
    protected void Check()
    {
        Token.Check();
        tunnels.Check();
    }

    /// <summary>The device is attached.</summary>
    protected void Attached(string name, UsbDescriptors descriptors) => Answer(new() { Attached = ExportedDevices.ToWire(name, descriptors) });

    /// <summary>A transfer to the host is over.</summary>
    protected void Received(uint id, byte[] data, int length) =>
        Complete(id, Wire.UsbStatus.Ok, UnsafeByteOperations.UnsafeWrap(data.AsMemory(0, length)), length);

    /// <summary>A transfer from the host is over.</summary>
    protected void Sent(uint id, int length) => Complete(id, Wire.UsbStatus.Ok, ByteString.Empty, length);

    /// <summary>A transfer failed.</summary>
    protected void Failed(uint id, Wire.UsbStatus status) => Complete(id, status, ByteString.Empty, 0);

    /// <summary>A control transfer is over.</summary>
    /// <param name="transfer">The transfer.</param>
    /// <param name="data">What it returns; null when the device stalled it.</param>
    protected void Controlled(Wire.UsbTransfer transfer, byte[]? data)
    {
        if (data is null)
        {
            Failed(transfer.Id, Wire.UsbStatus.Stall);
        }
        else if (UsbSetup.Parse(transfer.Setup.Span).IsIn)
        {
            Received(transfer.Id, data, data.Length);
        }
        else
        {
            Sent(transfer.Id, transfer.Data.Length);
        }
    }

    /// <summary>A cancellation was looked at.</summary>
    protected void Cancelled(uint id, bool takenBack) => Answer(new() { Cancelled = new() { Id = id, TakenBack = takenBack } });

    private static Wire.AttachUsbDeviceRequest Checked(Wire.AttachUsbDeviceRequest request)
    {
        if (request.KindCase == Wire.AttachUsbDeviceRequest.KindOneofCase.Cancel)
        {
            return request;
        }

        var transfer = request.Transfer;
        var valid = transfer is not null
            && transfer.Endpoint <= byte.MaxValue
            && transfer.Data.Length <= LongestTransfer
            && transfer.Length <= LongestTransfer
            && ((transfer.Endpoint & 0x7F) != 0 || transfer.Setup.Length == UsbSetup.PacketLength);
        return valid
            ? request
            : throw new RequestException(
                "REQUEST_INVALID",
                transfer is null
                    ? "A second attachment was asked for on the same stream. Open another stream for it."
                    : $"A transfer on endpoint 0x{transfer.Endpoint:X2} with {transfer.Setup.Length} bytes of setup, {transfer.Data.Length} of data and {transfer.Length} "
                    + $"to receive was sent. Control transfers have {UsbSetup.PacketLength} bytes of setup, and nothing is longer than {LongestTransfer} bytes.");
    }

    private void Complete(uint id, Wire.UsbStatus status, ByteString data, int length) =>
        Answer(new() { Completion = new() { Id = id, Status = status, Data = data, Length = (uint)length } });
}
