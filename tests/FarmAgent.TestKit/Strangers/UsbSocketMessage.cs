using System.Buffers.Binary;

namespace FarmAgent.TestKit.Strangers;

/// <summary>One message of the replacement libusb's protocol: a header of 12 bytes, little-endian, and a payload.</summary>
internal readonly record struct UsbSocketMessage(UsbSocketOperation Operation, uint Tag, byte[] Payload)
{
    private const int HeaderLength = 12;
    private const int AnswerFlag = 0x8000;
    private const int LongestPayload = 16 * 1024 * 1024;

    /// <summary>The next request, or null when the client has closed the connection.</summary>
    public static UsbSocketMessage? Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length > LongestPayload)
        {
            throw new InvalidDataException($"The client announced a payload of {length} bytes; the protocol allows {LongestPayload}.");
        }

        var payload = new byte[length];
        stream.ReadExactly(payload);
        return new UsbSocketMessage((UsbSocketOperation)BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), BinaryPrimitives.ReadUInt32LittleEndian(header[8..]), payload);
    }

    /// <summary>Answers this request.</summary>
    public void Answer(Stream stream, UsbSocketStatus status, ReadOnlySpan<byte> payload = default)
    {
        var answer = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(answer, payload.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(answer.AsSpan(4), (ushort)((int)Operation | AnswerFlag));
        BinaryPrimitives.WriteInt16LittleEndian(answer.AsSpan(6), (short)status);
        BinaryPrimitives.WriteUInt32LittleEndian(answer.AsSpan(8), Tag);
        payload.CopyTo(answer.AsSpan(HeaderLength));
        stream.Write(answer);
    }
}
