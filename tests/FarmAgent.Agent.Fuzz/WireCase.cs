using System.Buffers.Binary;
using System.Text;

namespace FarmAgent.Agent.Fuzz;

/// <summary>
/// One case: what a client sends on a connection, right up to the place where it goes wrong. By its number and the seed it is always the same.
/// </summary>
internal sealed class WireCase : IDisposable
{
    private const int LargestGarbage = 2_000;

    // RFC 9113 section 3.4.
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private readonly Random _random;
    private readonly IReadOnlyList<WireMethod> _methods;
    private readonly MemoryStream _bytes = new();

    public WireCase(IReadOnlyList<WireMethod> methods, int seed, long number)
    {
        _methods = methods;

        // Not for secrets: the same case must come again.
#pragma warning disable CA5394
        _random = new Random(HashCode(seed, number));
#pragma warning restore CA5394
    }

    /// <summary>What kind of case it is, for the table at the end.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>What is sent.</summary>
    public byte[] Make()
    {
        switch (Next(10))
        {
            case 0:
                Kind = "garbage instead of a preface";
                Garbage();
                break;
            case 1:
                Kind = "garbage after the preface";
                Open();
                Garbage();
                break;
            case 2:
                Kind = "frames of any type, flags and length";
                Open();
                AnyFrames();
                break;
            case 3:
                Kind = "garbage as headers";
                Open();
                Frame(1, 0x4 | Next(256), 1, Bytes(Next(300)));
                break;
            case 4:
                Kind = "a right call with bits turned";
                Open();
                Call(1, Message(0));
                Turn();
                break;
            case 5:
                Kind = "a message that is no protobuf";
                Open();
                Call(1, Bytes(Next(600)));
                break;
            case 6:
                Kind = "lengths that lie";
                Open();
                Headers(1, Method());
                var body = Bytes(Next(200));
                Frame(0, Next(2), 1, [(byte)Next(3), .. BigEndian(Next(2) == 0 ? Next(int.MaxValue) : Next(300)), .. body]);
                break;
            case 7:
                Kind = "settings, windows, resets, pings in numbers";
                Open();
                Control();
                break;
            default:
                Kind = "a protobuf message with wild fields";
                Open();
                for (var stream = 1; stream <= 1 + (2 * Next(4)); stream += 2)
                {
                    Call(stream, Message(0));
                }

                break;
        }

        return _bytes.ToArray();
    }

    public void Dispose() => _bytes.Dispose();

    private static int HashCode(int seed, long number) => (int)((((ulong)number * 0x9E37_79B9_7F4A_7C15UL) ^ ((ulong)(uint)seed * 0xC2B2_AE3D_27D4_EB4FUL)) >> 32);

#pragma warning disable CA5394 // As above.
    private int Next(int below) => _random.Next(below);

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
#pragma warning restore CA5394

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private void Garbage() => _bytes.Write(Bytes(1 + Next(LargestGarbage)));

    private void Open()
    {
        _bytes.Write(Preface);
        Frame(4, 0, 0, []);
    }

    // RFC 9113 section 4.1: length, type, flags, stream.
    private void Frame(int type, int flags, int stream, ReadOnlySpan<byte> payload, int? length = null)
    {
        Span<byte> head = stackalloc byte[9];
        var said = length ?? payload.Length;
        (head[0], head[1], head[2], head[3], head[4]) = ((byte)(said >> 16), (byte)(said >> 8), (byte)said, (byte)type, (byte)flags);
        BinaryPrimitives.WriteInt32BigEndian(head[5..], stream);
        _bytes.Write(head);
        _bytes.Write(payload);
    }

    private void AnyFrames()
    {
        for (var count = Next(12); count >= 0; count--)
        {
            var payload = Bytes(Next(Next(4) == 0 ? 400 : 20));
            Frame(Next(Next(3) == 0 ? 256 : 10), Next(256), Next(3) == 0 ? Next(int.MaxValue) : Next(8), payload, Next(6) == 0 ? Next(1 << 24) : null);
        }
    }

    private void Control()
    {
        for (var count = Next(60); count >= 0; count--)
        {
            switch (Next(6))
            {
                case 0:
                    Frame(4, Next(2), 0, Bytes(6 * Next(6)));
                    break;
                case 1:
                    Frame(8, 0, Next(5), BigEndian(Next(int.MaxValue)));
                    break;
                case 2:
                    Frame(3, 0, Next(9), Bytes(4));
                    break;
                case 3:
                    Frame(6, Next(2), 0, Bytes(8));
                    break;
                case 4:
                    Headers(1 + (2 * Next(20)), Method());
                    break;
                default:
                    Frame(7, 0, 0, Bytes(8 + Next(20)));
                    break;
            }
        }
    }

    private WireMethod Method() => _methods[Next(_methods.Count)];

    private void Call(int stream, ReadOnlySpan<byte> message)
    {
        Headers(stream, Method());
        Frame(0, 1, stream, [0, .. BigEndian(message.Length), .. message]);
    }

    // RFC 7541: literal without indexing, new name, no Huffman coding; lengths below 127 fit in a byte.
    private void Headers(int stream, WireMethod method)
    {
        using var block = new MemoryStream();
        Header(block, ":method", "POST");
        Header(block, ":scheme", "http");
        Header(block, ":path", method.Path);
        Header(block, ":authority", "farm-agent");
        Header(block, "content-type", "application/grpc");
        Header(block, "te", "trailers");
        if (Next(4) == 0)
        {
            Header(block, Next(2) == 0 ? "grpc-timeout" : "authorization", Encoding.ASCII.GetString([.. Bytes(Next(30)).Select(b => (byte)(32 + (b % 95)))]));
        }

        Frame(1, 0x4, stream, block.ToArray());
    }

    private static void Header(MemoryStream block, string name, string value)
    {
        block.WriteByte(0);
        block.WriteByte((byte)name.Length);
        block.Write(Encoding.ASCII.GetBytes(name));
        block.WriteByte((byte)value.Length);
        block.Write(Encoding.ASCII.GetBytes(value));
    }

    /// <summary>A message of right wire format: fields, lengths and nestings that a schema may or may not know.</summary>
    private byte[] Message(int depth)
    {
        using var message = new MemoryStream();
        for (var count = Next(6); count >= 0; count--)
        {
            var field = 1 + Next(Next(8) == 0 ? 5_000 : 14);
            var type = Next(12) switch { 0 => 3 + Next(5), < 5 => 0, < 11 => 2, _ => Next(2) == 0 ? 1 : 5 };
            Number(message, ((ulong)field << 3) | (uint)type);
            switch (type)
            {
                case 0:
                    Number(message, Next(3) == 0 ? ulong.MaxValue - (uint)Next(9) : (ulong)Next(1 << Next(31)));
                    break;
                case 1:
                    message.Write(Bytes(8));
                    break;
                case 2:
                    var content = Content(depth);
                    Number(message, Next(20) == 0 ? (ulong)Next(int.MaxValue) : (ulong)content.Length);
                    message.Write(content);
                    break;
                case 5:
                    message.Write(Bytes(4));
                    break;
            }
        }

        return message.ToArray();
    }

    private byte[] Content(int depth) => Next(7) switch
    {
        0 => Bytes(Next(80)),
        1 or 2 when depth < 6 => Message(depth + 1),
        3 => "boards/b1"u8.ToArray(),
        4 => Encoding.UTF8.GetBytes(new string((char)Next(0x3000), Next(300))),
        5 => "images/sha256:../../../../etc/passwd"u8.ToArray(),
        _ => Encoding.ASCII.GetBytes(Words[Next(Words.Length)]),
    };

    private static readonly string[] Words =
        ["leases/l-0", "runs/r-0123456789abcdef", "i2c0", "PG11", "console", "operations/o-1", "../x", "", "boards/", "boards/b1\0", "leases/../..", "sha256:"];

    private static void Number(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }

    private void Turn()
    {
        var buffer = _bytes.GetBuffer();
        for (var count = 1 + Next(6); count > 0; count--)
        {
            buffer[Preface.Length + Next((int)_bytes.Length - Preface.Length)] ^= (byte)(1 << Next(8));
        }
    }
}
