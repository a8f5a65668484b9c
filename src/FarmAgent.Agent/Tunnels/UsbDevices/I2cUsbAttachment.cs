using FarmAgent.Boards;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Sessions;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tunnels.UsbDevices;

/// <summary>An I2C adapter of a board as an i2c-tiny-usb. Each message is a job on the adapter's thread, so others may use it in between.</summary>
internal sealed class I2cUsbAttachment(BoardI2cBus bus, string board, LeaseToken token, string tool, OpenTunnels tunnels) : UsbAttachment(token, tool, tunnels)
{
    // Linux's driver gives a control transfer 2 s.
    private static readonly TimeSpan JobLimit = TimeSpan.FromSeconds(1.8);
    private static readonly TimeSpan TransferLimit = TimeSpan.FromSeconds(1.5);
    private readonly TinyUsbAdapter _adapter = new(bus.Description.Allows, TransferLimit);

    /// <inheritdoc/>
    protected override async Task ServeAsync(CancellationToken cancellationToken)
    {
        var descriptors = ExportedDevices.Describe(board, bus);
        var standard = new StandardRequests(descriptors, static _ => { });
        Attached(bus.Description.Name, descriptors);
        while (!Requests.IsCompleted)
        {
            Check();
            var request = await Requests.TakeAsync(LeaseCheck, cancellationToken);
            if (request?.Cancel is { } cancel)
            {
                // One after the other: what came before it is over.
                Cancelled(cancel.Id, takenBack: false);
            }
            else if (request?.Transfer is { } transfer)
            {
                await DoAsync(transfer, standard, cancellationToken);
            }
        }
    }

    private async Task DoAsync(Wire.UsbTransfer transfer, StandardRequests standard, CancellationToken cancellationToken)
    {
        if ((transfer.Endpoint & 0x7F) != 0)
        {
            Failed(transfer.Id, Wire.UsbStatus.Stall);
            return;
        }

        var setup = UsbSetup.Parse(transfer.Setup.Span);
        if (!TinyUsbAdapter.NeedsBus(setup))
        {
            Controlled(transfer, standard.Answer(setup) ?? _adapter.Answer(setup));
            return;
        }

        try
        {
            Controlled(transfer, await bus.RunAsync(
                Token, $"{Tool}, an I2C message", (opened, _) => _adapter.Move(setup, transfer.Data.Span, opened), JobLimit, cancellationToken));
        }
        catch (BoardException e) when (e.Reason is "DEVICE_BUSY" or "DEVICE_TIMEOUT" or "DEVICE_QUEUE_FULL" or "DEVICE_HUNG")
        {
            Failed(transfer.Id, Wire.UsbStatus.Timeout);
        }
    }
}
