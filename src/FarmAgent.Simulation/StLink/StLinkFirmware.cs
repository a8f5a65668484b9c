using System.Buffers.Binary;
using FarmAgent.Simulation.Dap;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.StLink;

/// <summary>
/// The adapter's firmware: 16-byte commands, data phases, replies of fixed lengths, and the mode machine. The other parts hold the
/// commands by theme.
/// </summary>
internal sealed partial class StLinkFirmware
{
    /// <summary>USB vendor id of STMicroelectronics.</summary>
    public const ushort VendorId = 0x0483;

    private const int CommandLength = 16;
    private const int DefaultKilohertz = 1800;
    private const int DefaultKilohertzOfV3 = 1000;

    // In the loader these two bytes hold its own version instead of the product id.
    private const ushort LoaderVersion = 0x0008;
    private readonly StLinkOptions _options;
    private readonly ITargetPins _pins;
    private readonly IBenchTimeline _timeline;
    private readonly SwdMaster _swd;
    private readonly Queue<byte[]> _replies = new();
    private readonly byte[] _command = new byte[CommandLength];
    private byte[] _dataOut = [];
    private int _dataReceived;
    private Action<byte[]>? _dataPhase;
    private bool _inLoader;

    /// <summary>Powers the adapter up.</summary>
    public StLinkFirmware(StLinkOptions options, SimulatedDap dap, ITargetPins pins, IBenchTimeline timeline)
    {
        _options = options;
        _pins = pins;
        _timeline = timeline;
        _swd = new SwdMaster(dap, timeline, options);
        PowerUp();
    }

    /// <summary>What it is doing.</summary>
    public StLinkMode Mode { get; private set; }

    /// <summary>True while a reply waits to be fetched.</summary>
    public bool HasReply => _replies.Count > 0;

    /// <summary>Called when the firmware loader starts the application: the device drops off the bus.</summary>
    public Action? LoaderLeft { get; set; }

    /// <summary>Starts afresh, as after plugging in.</summary>
    public void PowerUp()
    {
        _inLoader = _options.StartsInLoader;
        Start(_options.StartMode);
        if (_options.StartsWithStaleReply)
        {
            LeaveReplyBehind();
        }
    }

    /// <summary>Starts the application after the loader.</summary>
    public void StartApplication()
    {
        _inLoader = false;
        Start(StLinkMode.Idle);
    }

    /// <summary>Puts a reply into the pipe as a program leaves it that is broken off after a command.</summary>
    public void LeaveReplyBehind() => ReplyVersion();

    private void Start(StLinkMode mode)
    {
        Mode = mode;
        _swd.Kilohertz = _options.Generation >= 3 ? DefaultKilohertzOfV3 : DefaultKilohertz;
        _replies.Clear();
        _dataPhase = null;
        _lastStatus = LinkStatus.Okay;
        _lastFault = 0;
        _miscellaneous = [];
    }

    /// <summary>Loses its power: what it drove floats.</summary>
    public void PowerDown()
    {
        _replies.Clear();
        _dataPhase = null;
        _pins.DriveNrst(low: false);
    }

    /// <summary>One bulk OUT transfer: a command, or a part of the data that the last command announced.</summary>
    public void Receive(ReadOnlySpan<byte> data)
    {
        if (_dataPhase is { } phase)
        {
            var count = Math.Min(data.Length, _dataOut.Length - _dataReceived);
            data[..count].CopyTo(_dataOut.AsSpan(_dataReceived));
            _dataReceived += count;
            if (_dataReceived == _dataOut.Length)
            {
                _dataPhase = null;
                phase(_dataOut);
            }

            return;
        }

        if (data.IsEmpty)
        {
            return;
        }

        Array.Clear(_command);
        data[..Math.Min(data.Length, CommandLength)].CopyTo(_command);
        if (!_options.KeepsStaleReplies)
        {
            _replies.Clear();
        }

        Dispatch();
    }

    /// <summary>Gives the next reply, or as much of it as whole packets of the host's buffer take.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="packetSize">Size of a full packet.</param>
    /// <param name="overflow">True if a packet did not fit, which loses the reply.</param>
    public int Take(Span<byte> buffer, int packetSize, out bool overflow)
    {
        var reply = _replies.Dequeue();
        overflow = false;
        if (reply.Length <= buffer.Length)
        {
            reply.CopyTo(buffer);
            return reply.Length;
        }

        if (buffer.Length % packetSize != 0)
        {
            overflow = true;
            return buffer.Length;
        }

        reply.AsSpan(0, buffer.Length).CopyTo(buffer);
        var rest = _replies.ToArray();
        _replies.Clear();
        _replies.Enqueue(reply[buffer.Length..]);
        foreach (var later in rest)
        {
            _replies.Enqueue(later);
        }

        return buffer.Length;
    }

    private void Dispatch()
    {
        if (_inLoader)
        {
            DispatchInLoader();
            return;
        }

        switch (_command[0])
        {
            case 0xF1:
                ReplyVersion();
                break;
            case 0xF2:
                DispatchDebug(_command[1]);
                break;
            case 0xF3 when _command[1] == 0x07:
                LeaveMode(StLinkMode.Dfu);
                break;
            case 0xF4 when _command[1] == 0x00:
                Mode = StLinkMode.Swim;
                break;
            case 0xF4 when _command[1] == 0x01:
                LeaveMode(StLinkMode.Swim);
                break;
            case 0xF5:
                // The second byte has no meaning; a V3PWR puts something into it.
                Reply((byte)Mode, _options.Generation >= 4 ? (byte)4 : (byte)0);
                break;
            case 0xF7 when Has(13, 0):
                ReplyVoltage();
                break;
            case 0xFB when _options.Generation >= 3:
                ReplyExtendedVersion();
                break;
            default:
                // The firmware does not answer what it does not know.
                break;
        }
    }

    /// <summary>The loader knows the commands around its own mode only.</summary>
    private void DispatchInLoader()
    {
        switch (_command[0])
        {
            case 0xF1:
                ReplyVersion();
                break;
            case 0xF3 when _command[1] == 0x07:
                LoaderLeft?.Invoke();
                break;
            case 0xF5:
                Reply((byte)StLinkMode.Dfu, 0);
                break;
            default:
                break;
        }
    }

    private void ReplyVersion()
    {
        var version = (_options.Generation << 12) | (_options.Generation >= 3 ? 0 : (_options.JtagVersion << 6) | _options.SwimVersion);
        var reply = new byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(reply, (ushort)version);
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(2), VendorId);
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(4), _inLoader ? LoaderVersion : _options.ProductId);
        _replies.Enqueue(reply);
    }

    private void ReplyExtendedVersion()
    {
        var reply = new byte[12];
        reply[0] = (byte)_options.Generation;
        reply[1] = (byte)_options.SwimVersion;
        reply[2] = (byte)_options.JtagVersion;
        reply[3] = (byte)_options.MassStorageVersion;
        reply[4] = (byte)_options.BridgeVersion;
        reply[5] = (byte)_options.PowerVersion;
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(8), VendorId);
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(10), _options.ProductId);
        _replies.Enqueue(reply);
    }

    /// <summary>Readings of the internal 1.2 V reference and of half the target's supply.</summary>
    private void ReplyVoltage()
    {
        const uint Reference = 1500;
        var reply = new byte[8];
        if (_options.Generation >= 4)
        {
            // A V3PWR measures elsewhere and leaves both readings empty.
            _replies.Enqueue(reply);
            return;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(reply, Reference);
        BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(4), (uint)(_pins.SupplyVolts * Reference / 2.4));
        _replies.Enqueue(reply);
    }

    private void LeaveMode(StLinkMode mode)
    {
        if (Mode == mode)
        {
            Mode = StLinkMode.Idle;
        }
    }

    /// <summary>True if this firmware is at least as new; 0 for a V3 means all versions.</summary>
    private bool Has(int versionOfV2, int versionOfV3) => _options.JtagVersion >= (_options.Generation >= 3 ? versionOfV3 : versionOfV2);

    private void Reply(params ReadOnlySpan<byte> bytes) => _replies.Enqueue(bytes.ToArray());

    private void ReplyStatus(LinkStatus status) => Reply((byte)status, 0);

    private void ReplyValue(LinkStatus status, uint value)
    {
        var reply = new byte[8];
        reply[0] = (byte)status;
        BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(4), value);
        _replies.Enqueue(reply);
    }

    private void ExpectData(int length, Action<byte[]> phase)
    {
        _dataOut = new byte[length];
        _dataReceived = 0;
        if (length == 0)
        {
            phase(_dataOut);
            return;
        }

        _dataPhase = phase;
    }

    private ushort Half(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_command.AsSpan(offset));

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_command.AsSpan(offset));
}
