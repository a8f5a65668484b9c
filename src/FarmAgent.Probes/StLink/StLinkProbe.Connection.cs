using System.Buffers.Binary;

namespace FarmAgent.Probes.StLink;

/// <content>Modes of the probe, the SWD link, and NRST.</content>
internal sealed partial class StLinkProbe
{
    private const byte LeaveDfu = 0x07;
    private const byte LeaveSwim = 0x01;
    private const byte SwdWithoutReset = 0xA3;

    /// <inheritdoc/>
    public void EnterSwd()
    {
        var status = TryEnterSwd();
        if (status == StLinkStatus.OtherMode)
        {
            SendExit();
            status = TryEnterSwd();
        }

        if (status != StLinkStatus.Ok)
        {
            throw StLinkFaults.ToException(status, "connect to the target by SWD", null);
        }

        _inDebugMode = true;
        if (_version.OpensAccessPorts)
        {
            OpenAccessPort(0);
        }
    }

    /// <inheritdoc/>
    public void LeaveSwd()
    {
        if (_inDebugMode)
        {
            _inDebugMode = false;
            SendExit();
        }
    }

    /// <inheritdoc/>
    public void DriveReset(bool low)
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.DriveReset);
        command[2] = low ? (byte)0 : (byte)1;
        Execute(command, stackalloc byte[2], low ? "pull NRST low" : "release NRST", repeatable: true);
    }

    /// <inheritdoc/>
    public uint ReadDebugPortId()
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.ReadIdCodes);
        Span<byte> reply = stackalloc byte[12];
        Execute(command, reply, "read the debug port's id", repeatable: true);
        return BinaryPrimitives.ReadUInt32LittleEndian(reply[4..]);
    }

    private StLinkStatus TryEnterSwd()
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.Enter);
        command[2] = SwdWithoutReset;
        Span<byte> reply = stackalloc byte[2];
        _transport.Exchange(command, reply, repeatable: true);
        return (StLinkStatus)reply[0];
    }

    private void SendExit() => _transport.Send(NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.Exit));

    private void OpenAccessPort(byte number)
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.OpenAccessPort);
        command[2] = number;

        // The status is not looked at: an access port that could not be opened shows at the first access, where it can be named.
        _transport.Exchange(command, stackalloc byte[2], repeatable: true);
    }

    /// <summary>The application only changes its mode; a firmware loader, which cannot be told from it, starts the application instead.</summary>
    private StLinkMode LeaveDfuMode()
    {
        try
        {
            _transport.Send(NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkCommand.Dfu, LeaveDfu));
            return _transport.ReadMode();
        }
        catch (ProbeException e)
        {
            throw new StLinkRestartException(e);
        }
    }

    private void LeaveMode(StLinkMode mode)
    {
        if (mode is not (StLinkMode.Idle or StLinkMode.Dfu or StLinkMode.Debug or StLinkMode.Swim) && _transport.Realign())
        {
            // It was the reply to a command of whoever had the probe before.
            mode = _transport.ReadMode();
        }

        Span<byte> buffer = stackalloc byte[StLinkTransport.CommandLength];
        switch (mode)
        {
            case StLinkMode.Dfu:
                RequireIdle(mode, LeaveDfuMode());
                return;
            case StLinkMode.Debug:
                SendExit();
                break;
            case StLinkMode.Swim:
                _transport.Send(NewCommand(buffer, StLinkCommand.Swim, LeaveSwim));
                break;
            case StLinkMode.Idle:
                return;
            default:
                throw new ProbeException(
                    "PROBE_UNSUPPORTED",
                    $"{Info} is in mode {(byte)mode}, its firmware loader. Unplug it and plug it in again; if it stays so, finish its firmware update.");
        }

        RequireIdle(mode, _transport.ReadMode());
    }

    private void RequireIdle(StLinkMode mode, StLinkMode now)
    {
        if (now != StLinkMode.Idle && _transport.Realign())
        {
            now = _transport.ReadMode();
        }

        if (now != StLinkMode.Idle)
        {
            throw new ProbeException(
                "PROBE_NOT_RESPONDING",
                $"{Info} did not leave mode {(byte)mode}; it now says {(byte)now}. Unplug it and plug it in again.");
        }
    }
}
