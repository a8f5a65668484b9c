using System.Buffers.Binary;

namespace FarmAgent.Flashing.Images;

/// <summary>Intel HEX (Hexadecimal Object File Format Specification, revision A, 1988): record types 00 to 05, in any order.</summary>
internal sealed class IntelHexFormat : IImageFormat
{
    /// <summary>Length, two of address, type, and checksum around the data.</summary>
    private const int Overhead = 5;

    /// <inheritdoc/>
    public ImageFormat Format => ImageFormat.IntelHex;

    /// <inheritdoc/>
    public void Parse(ReadOnlyMemory<byte> file, string fileName, ImageOptions options, ImageBuilder builder)
    {
        var reader = new Reader(file, fileName, builder);
        reader.Run();
    }

    /// <summary>State of one pass over a file.</summary>
    private sealed class Reader(ReadOnlyMemory<byte> file, string fileName, ImageBuilder builder)
    {
        // All records' bytes end up here: at most half of the file, as two digits make a byte.
        private readonly byte[] _store = new byte[(file.Length / 2) + 1];
        private int _used;
        private int _line;
        private uint _base;
        private bool _segmented;
        private bool _ended;
        private uint _runAddress;
        private int _runStart;
        private int _runLine;

        public void Run()
        {
            var rest = file.Span;
            while (!rest.IsEmpty)
            {
                _line++;
                var end = rest.IndexOf((byte)'\n');
                var line = (end < 0 ? rest : rest[..end]).Trim(" \t\r"u8);
                rest = end < 0 ? [] : rest[(end + 1)..];
                if (!line.IsEmpty)
                {
                    Record(line);
                }
            }

            if (!_ended)
            {
                throw Corrupt("the end of file record (:00000001FF) is missing, so the file may be cut off");
            }

            Flush();
        }

        private void Record(ReadOnlySpan<byte> line)
        {
            if (_ended)
            {
                throw Corrupt("there is text after the end of file record");
            }

            if (line[0] != ':')
            {
                throw Corrupt("a record must begin with ':'");
            }

            Span<byte> record = stackalloc byte[255 + Overhead];
            var bytes = Decode(line[1..], record);
            var length = bytes[0];
            if (bytes.Length != length + Overhead)
            {
                throw Corrupt($"the record says it has {length} data bytes, but holds {bytes.Length - Overhead}");
            }

            byte sum = 0;
            foreach (var value in bytes)
            {
                sum += value;
            }

            if (sum != 0)
            {
                throw Corrupt($"the checksum is 0x{bytes[^1]:X2}, but the record's bytes need 0x{(byte)(bytes[^1] - sum):X2}");
            }

            Interpret(bytes[3], BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]), bytes.Slice(4, length));
        }

        private ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> digits, Span<byte> record)
        {
            if (digits.Length % 2 != 0 || digits.Length / 2 > record.Length || digits.Length / 2 < Overhead)
            {
                throw Corrupt($"a record of {digits.Length} digits is not possible");
            }

            for (var i = 0; i < digits.Length; i += 2)
            {
                var high = Digit(digits[i]);
                var low = Digit(digits[i + 1]);
                record[i / 2] = (byte)((high << 4) | low);
            }

            return record[..(digits.Length / 2)];
        }

        private int Digit(byte character) => character switch
        {
            >= (byte)'0' and <= (byte)'9' => character - '0',
            >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
            >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
            _ => throw Corrupt($"0x{character:X2} is not a hexadecimal digit"),
        };

        private void Interpret(byte type, ushort offset, ReadOnlySpan<byte> data)
        {
            switch (type)
            {
                case 0x00:
                    Data(offset, data);
                    break;
                case 0x01:
                    RequireLength(type, data, 0);
                    _ended = true;
                    break;
                case 0x02:
                    RequireLength(type, data, 2);
                    _base = (uint)BinaryPrimitives.ReadUInt16BigEndian(data) << 4;
                    _segmented = true;
                    break;
                case 0x03:
                    RequireLength(type, data, 4);
                    builder.EntryPoint = ((uint)BinaryPrimitives.ReadUInt16BigEndian(data) << 4) + BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
                    break;
                case 0x04:
                    RequireLength(type, data, 2);
                    _base = (uint)BinaryPrimitives.ReadUInt16BigEndian(data) << 16;
                    _segmented = false;
                    break;
                case 0x05:
                    RequireLength(type, data, 4);
                    builder.EntryPoint = BinaryPrimitives.ReadUInt32BigEndian(data);
                    break;
                default:
                    throw Corrupt($"record type {type:X2} does not exist");
            }
        }

        private void Data(ushort offset, ReadOnlySpan<byte> data)
        {
            if (data.IsEmpty)
            {
                return;
            }

            if (_segmented && offset + data.Length > 0x1_0000)
            {
                throw Corrupt("a record runs over the end of its 64 KiB segment");
            }

            if (_base + (long)offset + data.Length > 0x1_0000_0000)
            {
                throw Corrupt("a record runs over the end of the 32-bit address space");
            }

            var address = _base + offset;
            if (_used == _runStart || address != _runAddress + (uint)(_used - _runStart))
            {
                Flush();
                _runAddress = address;
                _runLine = _line;
            }

            data.CopyTo(_store.AsSpan(_used));
            _used += data.Length;
        }

        private void Flush()
        {
            var origin = _runLine >= _line - 1 ? $"line {_runLine}" : $"the records from line {_runLine}";
            builder.Add(_runAddress, _store.AsMemory(_runStart, _used - _runStart), origin);
            _runStart = _used;
        }

        private void RequireLength(byte type, ReadOnlySpan<byte> data, int length)
        {
            if (data.Length != length)
            {
                throw Corrupt($"a record of type {type:X2} has {length} data bytes, not {data.Length}");
            }
        }

        private ImageException Corrupt(string what)
        {
            var exception = new ImageException("IMAGE_CORRUPT", $"{fileName}, line {_line}: {what}. Build or copy the file again.");
            exception.With("line", $"{_line}");
            return exception;
        }
    }
}
