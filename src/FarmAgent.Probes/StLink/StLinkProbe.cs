using System.Buffers.Binary;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Time;
using FarmAgent.Hardware.Usb;
using FarmAgent.Probes.Adi;

namespace FarmAgent.Probes.StLink;

/// <summary>Driver of the ST-LINK/V2 family. Every status is looked at; every command is gated by what the firmware can do.</summary>
internal sealed partial class StLinkProbe : IDebugProbe
{
    private readonly StLinkTransport _transport;
    private readonly IWaiter _waiter;
    private readonly DebugPort _debugPort;
    private StLinkVersion _version;
    private bool _inDebugMode;
    private bool _disposed;

    public long CommandsSent => _transport.CommandsSent;

    private StLinkProbe(StLinkTransport transport, ProbeInfo info, IWaiter waiter)
    {
        _transport = transport;
        _waiter = waiter;
        _debugPort = new DebugPort(this);
        Info = info;
    }

    /// <inheritdoc/>
    public ProbeInfo Info { get; }

    /// <inheritdoc/>
    public string Firmware => _version.ToString();

    /// <inheritdoc/>
    public ProbeCapabilities Capabilities =>
        new(_version.ReadsVoltage, _version.SetsSwdDivisor || _version.SetsFrequency, _version.AccessesDap, _version.AccessesHalfWords);

    /// <inheritdoc/>
    public int SwdKilohertz { get; private set; } = SwdClock.PowerUpKilohertz;

    /// <inheritdoc/>
    public IMemoryAccess Memory => this;

    /// <summary>Takes over a claimed interface: brings it into step, leaves whatever mode it is in, reads its version.</summary>
    public static StLinkProbe Open(IUsbBulkPipe pipe, ProbeInfo info, StLinkModel model, IWaiter waiter)
    {
        var probe = new StLinkProbe(new StLinkTransport(pipe, model), info, waiter);
        try
        {
            probe.LeaveMode(probe._transport.Synchronise());
            probe.ReadVersion();
            return probe;
        }
        catch (FarmException)
        {
            probe._transport.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Resynchronise() => _transport.Realign();

    /// <inheritdoc/>
    public double? ReadTargetVolts()
    {
        if (!_version.ReadsVoltage)
        {
            return null;
        }

        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkCommand.GetTargetVoltage);
        Span<byte> reply = stackalloc byte[8];
        _transport.Exchange(command, reply, repeatable: true);

        // Two readings of the probe's converter: its 1.2 V reference, and half of the target's supply.
        var reference = BinaryPrimitives.ReadUInt32LittleEndian(reply);
        var half = BinaryPrimitives.ReadUInt32LittleEndian(reply[4..]);
        return reference == 0 ? null : 2.0 * half * 1.2 / reference;
    }

    /// <inheritdoc/>
    public int SetSwdKilohertz(int kilohertz)
    {
        if (_version.SetsFrequency)
        {
            return SwdKilohertz = SetFrequency(kilohertz);
        }

        if (!_version.SetsSwdDivisor)
        {
            return SwdKilohertz;
        }

        var (chosen, divisor) = SwdClock.Choose(kilohertz);
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.SetSwdDivisor);
        BinaryPrimitives.WriteUInt16LittleEndian(command[2..], divisor);
        Execute(command, stackalloc byte[2], "set the SWD clock", repeatable: true);
        return SwdKilohertz = chosen;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            LeaveSwd();
        }
        catch (FarmException)
        {
            // The probe is gone or dead; giving its handle back is all that is left to do.
        }
        finally
        {
            _transport.Dispose();
        }
    }

    private static Span<byte> NewCommand(Span<byte> buffer, StLinkCommand command, byte second = 0)
    {
        buffer.Clear();
        buffer[0] = (byte)command;
        buffer[1] = second;
        return buffer;
    }

    private static Span<byte> NewCommand(Span<byte> buffer, StLinkDebugCommand command) => NewCommand(buffer, StLinkCommand.Debug, (byte)command);
}
