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
    private bool _isClosed;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Creates a file and the folders above it.</summary>
    public static Utf8Output Create(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        // No buffer of the stream's own: this one is enough.
        return new Utf8Output(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));
    }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Size)
        {
            Flush();
            stream.Write(utf8);
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
            _used = 0;
        }
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
