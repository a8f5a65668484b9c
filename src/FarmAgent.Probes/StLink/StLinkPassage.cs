using FarmAgent.Hardware.Usb;

namespace FarmAgent.Probes.StLink;

/// <summary>
/// An opened ST-LINK whose commands come from a program that is not ours: they pass byte for byte, nothing here knows what they do. Not
/// thread-safe; opened by <see cref="ProbeCatalog.OpenPassage"/>.
/// </summary>
public sealed class StLinkPassage : IDisposable
{
    /// <summary>Length of a command block in bytes.</summary>
    public const int CommandLength = StLinkTransport.CommandLength;

    /// <summary>Most bytes of data or reply in one command.</summary>
    public const int DataLimit = StLinkTransport.DataLimit;

    private readonly StLinkTransport _transport;

    internal StLinkPassage(StLinkTransport transport, IUsbBulkPipe pipe, ProbeInfo info) => (_transport, Pipe, Info) = (transport, pipe, info);

    /// <summary>The probe.</summary>
    public ProbeInfo Info { get; }

    /// <summary>Its pipe, for transfers that are not whole commands; it is closed with the passage.</summary>
    public IUsbBulkPipe Pipe { get; }

    /// <summary>Passes one command.</summary>
    /// <param name="command">16 bytes.</param>
    /// <param name="data">Data that follows it; empty for none.</param>
    /// <param name="reply">Takes the reply; empty for none.</param>
    /// <exception cref="ProbeException">
    /// It failed and the pipe is in step again (<c>PROBE_REPLY_LOST</c>, <c>PROBE_WAS_RESET</c>), or the probe is gone (<c>PROBE_DISCONNECTED</c>,
    /// <c>PROBE_NOT_RESPONDING</c>).
    /// </exception>
    public void Pass(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, Span<byte> reply)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(command.Length, CommandLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, DataLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reply.Length, DataLimit);
        if (reply.IsEmpty)
        {
            _transport.SendData(command, data);
        }
        else
        {
            _transport.Exchange(command, reply, repeatable: false);
        }
    }

    /// <summary>Brings the pipe into step, whatever an earlier program left in it.</summary>
    internal void Synchronise() => _transport.Synchronise();

    /// <summary>Closes the probe. The target stays as the program left it, except that its reset line is let go.</summary>
    public void Dispose()
    {
        try
        {
            Span<byte> release = stackalloc byte[CommandLength];
            release.Clear();
            (release[0], release[1], release[2]) = ((byte)StLinkCommand.Debug, (byte)StLinkDebugCommand.DriveReset, 1);
            _transport.Exchange(release, stackalloc byte[2], repeatable: true);
        }
        catch (ProbeException)
        {
            // Whoever opens it next finds out what is wrong with it.
        }
        finally
        {
            _transport.Dispose();
        }
    }
}
