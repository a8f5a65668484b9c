using FarmAgent.Hardware.Usb;

namespace FarmAgent.Probes.StLink;

/// <summary>
/// One command at a time over the bulk pipe: 16 bytes out, then data out or a reply in. A reply that was not read stays queued in the probe
/// and would be taken for the next one, so after every exchange that went wrong the pipe is drained and the mode asked again.
/// </summary>
internal sealed class StLinkTransport(IUsbBulkPipe pipe, StLinkModel model) : IDisposable
{
    /// <summary>Length of every command block.</summary>
    public const int CommandLength = 16;

    /// <summary>Longest data phase in one command; more is split by the caller.</summary>
    public const int DataLimit = 6144;

    private const int DrainLimit = 128;
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan BaseTimeout = TimeSpan.FromSeconds(1);

    private readonly byte[] _scratch = new byte[DataLimit + model.PacketLength];

    private bool _wasRepaired;

    private int PacketLength => model.PacketLength;

    /// <summary>Sends a command and takes its reply.</summary>
    /// <param name="command">16 bytes.</param>
    /// <param name="reply">Filled completely, or an exception is thrown.</param>
    /// <param name="repeatable">True when sending it twice does no harm: then a lost reply is asked for once more.</param>
    public void Exchange(ReadOnlySpan<byte> command, Span<byte> reply, bool repeatable)
    {
        var problem = TryExchange(command, reply);
        if (problem is null)
        {
            return;
        }

        Resynchronise(problem);
        if (repeatable && (problem = TryExchange(command, reply)) is null)
        {
            return;
        }

        throw new ProbeException(
            "PROBE_REPLY_LOST",
            $"The probe's reply to command {Name(command)} was lost: {problem}. The connection was brought into step again; repeat the operation, "
            + "and check the USB cable if this comes back.");
    }

    /// <summary>Commands put on the wire so far, repeated ones included.</summary>
    public long CommandsSent { get; private set; }

    /// <summary>Sends a command that has no reply.</summary>
    public void Send(ReadOnlySpan<byte> command) => SendData(command, []);

    /// <summary>Sends a command and the data that belongs to it.</summary>
    public void SendData(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data)
    {
        try
        {
            CommandsSent++;
            pipe.Write(model.CommandEndpoint, command, BaseTimeout);
            if (!data.IsEmpty)
            {
                pipe.Write(model.CommandEndpoint, data, TimeoutFor(data.Length));
            }
        }
        catch (UsbException e)
        {
            Resynchronise(AfterFailure(e));
            throw new ProbeException(
                "PROBE_REPLY_LOST",
                $"Command {Name(command)} did not reach the probe: {e.Message} Repeat the operation; check the USB cable if this comes back.",
                e);
        }
    }

    /// <summary>Brings the pipe into step at the start, when nobody knows what an earlier program left in it; resets the device if it must.</summary>
    public StLinkMode Synchronise()
    {
        Drain();
        if (TryReadMode(out var mode) is null || TryReadMode(out mode) is null)
        {
            return mode;
        }

        ResetDevice();
        if (TryReadMode(out mode) is { } problem)
        {
            throw NotResponding(problem);
        }

        return mode;
    }

    /// <summary>Takes out what was left in the pipe, and sees that the next reply is the right one.</summary>
    /// <returns>True when something was left, now or at a repair since this was called last.</returns>
    public bool Realign()
    {
        var found = Drain() | _wasRepaired;
        if (TryReadMode(out _) is { } problem)
        {
            Resynchronise(problem);
        }

        _wasRepaired = false;
        return found;
    }

    /// <summary>Asks for the present mode.</summary>
    public StLinkMode ReadMode()
    {
        Span<byte> command = stackalloc byte[CommandLength];
        command.Clear();
        command[0] = (byte)StLinkCommand.GetMode;
        Span<byte> reply = stackalloc byte[2];
        Exchange(command, reply, repeatable: true);
        return (StLinkMode)reply[0];
    }

    /// <inheritdoc/>
    public void Dispose() => pipe.Dispose();

    private static TimeSpan TimeoutFor(int bytes) => BaseTimeout + TimeSpan.FromMilliseconds(bytes);

    private static string Name(ReadOnlySpan<byte> command) => $"{command[0]:X2} {command[1]:X2}";

    private static ProbeException NotResponding(string problem) => new(
        "PROBE_NOT_RESPONDING",
        $"The probe does not answer ({problem}), not even after a reset of its USB port. Unplug it and plug it in again.");

    /// <returns>Null when the reply came whole, else what went wrong.</returns>
    private string? TryExchange(ReadOnlySpan<byte> command, Span<byte> reply)
    {
        try
        {
            CommandsSent++;
            pipe.Write(model.CommandEndpoint, command, BaseTimeout);

            // Room for a whole packet more: a stale longer reply then shows as a wrong length instead of an overflow on the bus.
            var room = ((reply.Length / PacketLength) + 1) * PacketLength;
            var wanted = reply.Length % PacketLength == 0 ? reply.Length : room;
            var count = pipe.Read(model.ReplyEndpoint, _scratch.AsSpan(0, wanted), TimeoutFor(reply.Length));
            if (count != reply.Length)
            {
                return $"{count} bytes came instead of {reply.Length}";
            }

            _scratch.AsSpan(0, count).CopyTo(reply);
            return null;
        }
        catch (UsbException e)
        {
            return AfterFailure(e);
        }
    }

    private string? TryReadMode(out StLinkMode mode)
    {
        Span<byte> command = stackalloc byte[CommandLength];
        command.Clear();
        command[0] = (byte)StLinkCommand.GetMode;
        Span<byte> reply = stackalloc byte[2];
        var problem = TryExchange(command, reply);
        mode = (StLinkMode)reply[0];
        if (problem is not null)
        {
            Drain();
        }

        return problem;
    }

    private void Resynchronise(string problem)
    {
        // Replies before the one that was noticed may have been wrong as well.
        _wasRepaired = true;
        Drain();
        if (TryReadMode(out _) is null)
        {
            return;
        }

        ResetDevice();
        if (TryReadMode(out _) is { } still)
        {
            throw NotResponding($"{problem}; then {still}");
        }

        throw new ProbeException(
            "PROBE_WAS_RESET",
            $"The probe stopped answering ({problem}) and had to be reset on USB, which ends the debug session. Repeat the operation.");
    }

    /// <returns>True when there was a reply.</returns>
    private bool Drain()
    {
        var found = false;
        for (var i = 0; i < DrainLimit; i++)
        {
            try
            {
                if (pipe.Read(model.ReplyEndpoint, _scratch.AsSpan(0, PacketLength), DrainTimeout) == 0)
                {
                    return found;
                }

                found = true;
            }
            catch (UsbException e) when (e.Error == UsbError.Stall)
            {
                ClearHalts();
            }
            catch (UsbException e)
            {
                ThrowIfGone(e);
                if (e.Error == UsbError.Timeout)
                {
                    return found;
                }
            }
        }

        return found;
    }

    /// <summary>Does what the failure itself asks for; says in words what it was.</summary>
    private string AfterFailure(UsbException e)
    {
        ThrowIfGone(e);
        if (e.Error == UsbError.Stall)
        {
            ClearHalts();
        }

        return e.Error switch
        {
            UsbError.Timeout => "no answer within the limit",
            UsbError.Stall => "the endpoint stalled",
            UsbError.Overflow => "more bytes came than the command returns",
            _ => e.Message,
        };
    }

    private void ClearHalts()
    {
        try
        {
            pipe.ClearHalt(model.ReplyEndpoint);
            pipe.ClearHalt(model.CommandEndpoint);
        }
        catch (UsbException e)
        {
            // A halt that cannot be cleared shows at the next transfer, which then resets the device.
            ThrowIfGone(e);
        }
    }

    private void ResetDevice()
    {
        try
        {
            pipe.ResetDevice();
        }
        catch (UsbException e)
        {
            ThrowIfGone(e);
            throw NotResponding(e.Message);
        }
    }

    private void ThrowIfGone(UsbException e)
    {
        if (e.Error == UsbError.Disconnected)
        {
            throw new ProbeException(
                "PROBE_DISCONNECTED",
                $"The probe at usb:{pipe.Device.PortPath} is no longer on USB. Plug it in again and check cable and hub.",
                e);
        }
    }
}
