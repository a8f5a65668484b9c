using System.Buffers.Binary;

namespace FarmAgent.Boards.Traces.Decoding;

/// <summary>
/// Reads the transfers of an ST-LINK: which command, which register, which value. Data and replies are explained by the command before them, so
/// entries must be given in order. Not thread-safe.
/// </summary>
internal sealed class StLinkDecoder
{
    private const int CommandLength = 16;
    private const byte DirectionIn = 0x80;
    private const byte Debug = 0xF2;

    private Reply _reply;
    private string _target = "";
    private int _dataLeft;

    private enum Reply
    {
        Unknown,
        Status,
        StatusThenWord,
        Data,
        LastStatus,
        Voltage,
        Mode,
        Version,
    }

    /// <summary>The command, register and value that the last command was about; null when it is none of those with an address.</summary>
    public uint? Address { get; private set; }

    /// <summary>What an entry says.</summary>
    public string Describe(TraceEntry entry) => entry.Action switch
    {
        TraceAction.UsbOut when _dataLeft > 0 && entry.SentLength != CommandLength => DescribeData(entry.Sent.Span, entry.SentLength),
        TraceAction.UsbOut when _dataLeft == CommandLength && entry.SentLength == CommandLength => DescribeData(entry.Sent.Span, entry.SentLength),
        TraceAction.UsbOut when entry.SentLength == CommandLength => DescribeCommand(entry.Sent.Span),
        TraceAction.UsbOut => $"{entry.SentLength} bytes {Hex(entry.Sent.Span)}",
        TraceAction.UsbIn => DescribeReply(entry.Received.Span, entry.ReceivedLength),
        TraceAction.UsbClearHalt => $"clear halt of endpoint 0x{entry.Detail:X2} ({((entry.Detail & DirectionIn) != 0 ? "in" : "out")})",
        _ => "reset of the USB port",
    };

    private string DescribeCommand(ReadOnlySpan<byte> c)
    {
        (_target, _dataLeft, _reply, Address) = ("", 0, Reply.Unknown, null);
        if (c[0] == Debug)
        {
            return DescribeDebug(c);
        }

        (_reply, var name) = (c[0], c[1]) switch
        {
            (0xF1, _) => (Reply.Version, "GET_VERSION"),
            (0xFB, _) => (Reply.Unknown, "GET_VERSION_EX"),
            (0xF3, 0x07) => (Reply.Unknown, "DFU_EXIT"),
            (0xF3, _) => (Reply.Unknown, $"DFU 0x{c[1]:X2}"),
            (0xF4, _) => (Reply.Unknown, $"SWIM 0x{c[1]:X2}"),
            (0xF5, _) => (Reply.Mode, "GET_CURRENT_MODE"),
            (0xF7, _) => (Reply.Voltage, "GET_TARGET_VOLTAGE"),
            _ => (Reply.Unknown, $"COMMAND 0x{c[0]:X2} 0x{c[1]:X2}"),
        };
        return name;
    }

    private string DescribeDebug(ReadOnlySpan<byte> c)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(c[2..]);
        var second = BinaryPrimitives.ReadUInt32LittleEndian(c[6..]);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(c[6..]);
        switch (c[1])
        {
            case 0x36:
                return Register("READ_WORD", RegisterNames.Describe(word), Reply.StatusThenWord, word);
            case 0x35:
                return $"{Register("WRITE_WORD", RegisterNames.Describe(word), Reply.Status, word)} = 0x{second:X8}";
            case 0x07 or 0x0C or 0x47:
                return $"{Register(c[1] == 0x07 ? "READ_MEM32" : c[1] == 0x0C ? "READ_MEM8" : "READ_MEM16", RegisterNames.Describe(word), Reply.Data, word)}, {length} bytes";
            case 0x08 or 0x0D or 0x48:
                var text = $"{Register(c[1] == 0x08 ? "WRITE_MEM32" : c[1] == 0x0D ? "WRITE_MEM8" : "WRITE_MEM16", RegisterNames.Describe(word), Reply.Unknown, word)}, {length} bytes";
                _dataLeft = length;
                return text;
            case 0x33:
                return Register("READ_REG", CoreRegister(c[2]), Reply.StatusThenWord, null);
            case 0x34:
                return $"{Register("WRITE_REG", CoreRegister(c[2]), Reply.Status, null)} = 0x{BinaryPrimitives.ReadUInt32LittleEndian(c[3..]):X8}";
            case 0x45:
                return Register("READ_DAP", Dap(c), Reply.StatusThenWord, null);
            case 0x46:
                return $"{Register("WRITE_DAP", Dap(c), Reply.Status, null)} = 0x{second:X8}";
            case 0x3C:
                _reply = Reply.Status;
                return $"DRIVE_NRST {c[2] switch { 0 => "low", 1 => "high", _ => "pulse" }}";
            case 0x3E or 0x3B:
                _reply = Reply.LastStatus;
                return "GET_LAST_STATUS";
            case 0x30:
                _reply = Reply.Status;
                return $"ENTER {(c[2] == 0xA3 ? "SWD" : $"0x{c[2]:X2}")}";
            case 0x21:
                return "EXIT";
            case 0x31:
                return "READ_IDCODES";
            case 0x43:
                _reply = Reply.Status;
                return $"SET_SWD_DIVISOR {BinaryPrimitives.ReadUInt16LittleEndian(c[2..])}";
            case 0x4B:
                _reply = Reply.Status;
                return $"OPEN_AP {c[2]}";
            case 0x61:
                return $"SET_FREQUENCY {BinaryPrimitives.ReadUInt32LittleEndian(c[4..])} kHz";
            case 0x62:
                return "LIST_FREQUENCIES";
            default:
                return $"DEBUG 0x{c[1]:X2} {Hex(c[2..])}";
        }
    }

    private string DescribeData(ReadOnlySpan<byte> data, int length)
    {
        _dataLeft = 0;
        return $"{_target} = {Values(data, length)}";
    }

    private string DescribeReply(ReadOnlySpan<byte> data, int length)
    {
        var (reply, target) = (_reply, _target);
        _reply = Reply.Unknown;
        return reply switch
        {
            Reply.Status when length == 2 => Status(data),
            Reply.LastStatus when length is 2 or 12 => Status(data),
            Reply.StatusThenWord when length == 8 => data[0] == 0x80 ? $"{target} = 0x{BinaryPrimitives.ReadUInt32LittleEndian(data[4..]):X8}" : $"{target}: {Status(data)}",
            Reply.Data => $"{target} = {Values(data, length)}",
            Reply.Mode when length >= 1 => data[0] switch { 0 => "mode DFU", 1 => "mode mass storage", 2 => "mode debug", 3 => "mode SWIM", 4 => "mode bootloader", _ => $"mode 0x{data[0]:X2}" },
            Reply.Version when length == 6 => $"V{data[0] >> 4}J{((data[0] & 0x0F) << 2) | (data[1] >> 6)}S{data[1] & 0x3F}",
            Reply.Voltage when length == 8 && BinaryPrimitives.ReadUInt32LittleEndian(data) is > 0 and var reference =>
                FormattableString.Invariant($"{2.4 * BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) / reference:0.00} V"),
            _ => $"{length} bytes {Hex(data)}",
        };
    }

    private string Register(string command, string target, Reply reply, uint? address)
    {
        (_target, _reply, Address) = (target, reply, address);
        return $"{command} {target}";
    }

    private static string Dap(ReadOnlySpan<byte> c) =>
        RegisterNames.DescribeDap(BinaryPrimitives.ReadUInt16LittleEndian(c[2..]), BinaryPrimitives.ReadUInt16LittleEndian(c[4..]));

    private static string CoreRegister(byte number) => number switch
    {
        <= 12 => $"R{number}",
        13 => "SP",
        14 => "LR",
        15 => "PC",
        16 => "XPSR",
        17 => "MSP",
        18 => "PSP",
        20 => "CONTROL/PRIMASK",
        _ => $"REG{number}",
    };

    private static string Status(ReadOnlySpan<byte> data) => data[0] switch
    {
        0x80 => "ok",
        0x81 => "JTAG_GET_IDCODE_ERROR",
        0x08 => "CORE_REGISTER_ERROR",
        0x10 => "SWD_AP_WAIT",
        0x11 => "SWD_AP_FAULT",
        0x12 => "SWD_AP_ERROR",
        0x14 => "SWD_DP_WAIT",
        0x15 => "SWD_DP_FAULT",
        0x16 => "SWD_DP_ERROR",
        0x1D => "BAD_AP",
        var other => $"status 0x{other:X2}",
    };

    private static string Values(ReadOnlySpan<byte> data, int length) =>
        length == 4 && data.Length == 4 ? $"0x{BinaryPrimitives.ReadUInt32LittleEndian(data):X8}"
        : length == 2 && data.Length == 2 ? $"0x{BinaryPrimitives.ReadUInt16LittleEndian(data):X4}"
        : $"{length} bytes {Hex(data)}";

    private static string Hex(ReadOnlySpan<byte> data) => TraceText.Hex(data);
}
