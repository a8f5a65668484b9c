using System.Buffers.Binary;
using System.Globalization;

namespace FarmAgent.Flashing.Images;

/// <summary>
/// Motorola S-records (M68000 Family Programmer's Reference Manual, appendix C): S1, S2 and S3 in any order, with their count where one is given,
/// up to S7, S8 or S9. Also called S19, S28 and S37.
/// </summary>
internal sealed class SRecordFormat : IImageFormat
{
    /// <inheritdoc/>
    public ImageFormat Format => ImageFormat.SRecord;

    /// <inheritdoc/>
    public void Parse(ReadOnlyMemory<byte> file, string fileName, ImageOptions options, ImageBuilder builder) =>
        new Reader(file, fileName, builder).Run();

    /// <summary>State of one pass over a file.</summary>
    private sealed class Reader(ReadOnlyMemory<byte> file, string fileName, ImageBuilder builder)
    {
        private readonly byte[] _store = new byte[(file.Length / 2) + 1];
        private readonly byte[] _record = new byte[256];
        private int _used;
        private int _line;
        private int _dataRecords;
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
                throw Corrupt("the end record (S7, S8 or S9) is missing, so the file may be cut off");
            }

            Flush();
        }

        private void Record(ReadOnlySpan<byte> line)
        {
            if (_ended)
            {
                throw Corrupt("there is text after the end record");
            }

            if (line.Length < 2 || line[0] != 'S')
            {
                throw Corrupt("a record must begin with 'S' and its type");
            }

            var bytes = Decode(line[2..]);
            var type = (char)line[1];
            switch (type)
            {
                case '0':
                    break;
                case '1' or '2' or '3':
                    Data(bytes, AddressBytes(bytes, 1 + (type - '0')));
                    break;
                case '5' or '6':
                    Count(Number(bytes, AddressBytes(bytes, type - '3')), type == '5' ? 0xFFFF : 0xFF_FFFF);
                    break;
                case '7' or '8' or '9':
                    builder.EntryPoint = Number(bytes, AddressBytes(bytes, 11 - (type - '0')));
                    _ended = true;
                    break;
                default:
                    throw Corrupt($"record type S{type} does not exist");
            }
        }

        /// <summary>The address and data of a record whose length and checksum are right.</summary>
        private ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> digits)
        {
            if (digits.Length % 2 != 0 || digits.Length < 4 || digits.Length / 2 > _record.Length)
            {
                throw Corrupt($"a record of {digits.Length} digits is not possible");
            }

            byte sum = 0;
            var length = digits.Length / 2;
            for (var i = 0; i < length; i++)
            {
                if (!byte.TryParse(digits.Slice(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _record[i]))
                {
                    throw Corrupt($"0x{digits[2 * i]:X2} 0x{digits[(2 * i) + 1]:X2} are not two hexadecimal digits");
                }

                sum += i < length - 1 ? _record[i] : (byte)0;
            }

            if (_record[0] != length - 1)
            {
                throw Corrupt($"the record says that {_record[0]} bytes follow, but there are {length - 1}");
            }

            return _record[length - 1] == (byte)~sum
                ? _record.AsSpan(1, length - 2)
                : throw Corrupt($"the checksum is 0x{_record[length - 1]:X2}, but the record's bytes need 0x{(byte)~sum:X2}");
        }

        private int AddressBytes(ReadOnlySpan<byte> bytes, int length) =>
            bytes.Length >= length ? length : throw Corrupt($"the record has {bytes.Length} bytes, too few for an address of {length}");

        private static uint Number(ReadOnlySpan<byte> bytes, int length)
        {
            Span<byte> word = stackalloc byte[4];
            bytes[..length].CopyTo(word[(4 - length)..]);
            return BinaryPrimitives.ReadUInt32BigEndian(word);
        }

        private void Data(ReadOnlySpan<byte> bytes, int addressBytes)
        {
            _dataRecords++;
            var address = Number(bytes, addressBytes);
            var data = bytes[addressBytes..];
            if (data.IsEmpty)
            {
                return;
            }

            if (address + (long)data.Length > 1L << (8 * addressBytes))
            {
                throw Corrupt("a record runs over the end of its address space");
            }

            if (_used == _runStart || address != _runAddress + (uint)(_used - _runStart))
            {
                Flush();
                _runAddress = address;
                _runLine = _line;
            }

            data.CopyTo(_store.AsSpan(_used));
            _used += data.Length;
        }

        private void Count(uint expected, int mask)
        {
            if (expected != (_dataRecords & mask))
            {
                throw Corrupt($"the file says that it has {expected} data records, but {_dataRecords} came before");
            }
        }

        private void Flush()
        {
            var origin = _runLine >= _line - 1 ? $"line {_runLine}" : $"the records from line {_runLine}";
            builder.Add(_runAddress, _store.AsMemory(_runStart, _used - _runStart), origin);
            _runStart = _used;
        }

        private ImageException Corrupt(string what)
        {
            var exception = new ImageException("IMAGE_CORRUPT", $"{fileName}, line {_line}: {what}. Build or copy the file again.");
            exception.With("line", $"{_line}");
            return exception;
        }
    }
}
