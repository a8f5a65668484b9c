using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FarmAgent.Robot.Output;

/// <summary>Writes UTF-8 through one buffer of its own, without a string or an encoder in between.</summary>
/// <param name="stream">Where to; closed with the writer.</param>
internal sealed class Utf8Output(Stream stream) : TextWriter(CultureInfo.InvariantCulture)
{
    private const int Size = 64 * 1024;
    private const int MaxBytesPerChar = 3;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Size);
    private int _used;
    private long _flushed;
    private bool _isClosed;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>How many bytes were written and not taken back.</summary>
    public long Position => _flushed + _used;

    /// <summary>Creates a file and the folders above it.</summary>
    public static Utf8Output Create(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        // No buffer of the stream's own: this one is enough.
        return new Utf8Output(new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0));
    }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Size)
        {
            Flush();
            stream.Write(utf8);
            _flushed += utf8.Length;
            return;
        }

        utf8.CopyTo(Reserve(utf8.Length));
        _used += utf8.Length;
    }

    public override void Write(char value) => WriteShort([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    /// <summary>Writes text as it is; halves of surrogate pairs become question marks of Unicode.</summary>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        const int Step = Size / MaxBytesPerChar;
        while (buffer.Length > Step)
        {
            var length = char.IsHighSurrogate(buffer[Step - 1]) ? Step - 1 : Step;
            WriteShort(buffer[..length]);
            buffer = buffer[length..];
        }

        WriteShort(buffer);
    }

    public override void Write(long value)
    {
        var formatted = value.TryFormat(Reserve(20), out var length, default, CultureInfo.InvariantCulture);
        Debug.Assert(formatted, "Twenty characters hold any number of 64 bits.");
        _used += length;
    }

    /// <summary>Hands what was written to the operating system.</summary>
    public override void Flush()
    {
        if (_used > 0)
        {
            stream.Write(_buffer, 0, _used);
            _flushed += _used;
            _used = 0;
        }
    }

    /// <summary>Writes over bytes that were written before.</summary>
    /// <param name="position">Of the first byte, as <see cref="Position"/> was before it.</param>
    /// <param name="utf8">As many bytes as were there at least.</param>
    public void Overwrite(long position, ReadOnlySpan<byte> utf8)
    {
        if (position >= _flushed)
        {
            utf8.CopyTo(_buffer.AsSpan((int)(position - _flushed)));
            return;
        }

        Flush();
        stream.Position = position;
        stream.Write(utf8);
        stream.Position = _flushed;
    }

    /// <summary>Takes bytes back that were written before; what follows them moves up.</summary>
    /// <param name="start">Position of the first byte.</param>
    /// <param name="end">Position behind the last byte.</param>
    public void Remove(long start, long end)
    {
        if (start >= _flushed)
        {
            _buffer.AsSpan((int)(end - _flushed), (int)(Position - end)).CopyTo(_buffer.AsSpan((int)(start - _flushed)));
            _used -= (int)(end - start);
            return;
        }

        Flush();
        for (int count; end < _flushed; start += count, end += count)
        {
            stream.Position = end;
            count = stream.Read(_buffer, 0, (int)Math.Min(_buffer.Length, _flushed - end));
            stream.Position = start;
            stream.Write(_buffer, 0, count);
        }

        stream.SetLength(start);
        stream.Position = _flushed = start;
    }

    protected override void Dispose(bool disposing)
    {
        if (!_isClosed && disposing)
        {
            _isClosed = true;
            Flush();
            stream.Dispose();
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        base.Dispose(disposing);
    }

    private Span<byte> Reserve(int length)
    {
        if (_buffer.Length - _used < length)
        {
            Flush();
        }

        return _buffer.AsSpan(_used);
    }

    private void WriteShort(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetBytes(text, Reserve(text.Length * MaxBytesPerChar));
        _used += length;
    }
}
