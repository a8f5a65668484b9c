using System.Buffers;

namespace FarmAgent.Agent.Audits;

/// <summary>The end of the chain: appends lines, rotates files, and finds the end again after a crash. Used by one thread at a time.</summary>
internal sealed class AuditFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;
    private readonly long _largest;
    private readonly int _kept;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private FileStream? _file;
    private string _previous = AuditLine.NoHash;
    private long _last;
    private long _length;

    /// <summary>Opens a folder and finds where the chain ends.</summary>
    /// <param name="folder">The folder; made if it is not there.</param>
    /// <param name="largest">Bytes after which a new file is begun.</param>
    /// <param name="kept">Files that are kept; the oldest goes for a new one.</param>
    public AuditFile(string folder, long largest, int kept)
    {
        (_folder, _largest, _kept) = (folder, largest, kept);
        Security.Setup.PrivateFile.MakeFolder(folder);
        if (AuditFolder.List(folder) is [.., var newest])
        {
            Resume(newest);
        }
    }

    /// <summary>What was found wrong with the end when it was opened; null for nothing. To be written down as the first line.</summary>
    public string? Mended { get; private set; }

    /// <summary>Hash of the last line.</summary>
    public string Head => _previous;

    /// <summary>Appends lines, on the disk when this returns.</summary>
    /// <exception cref="IOException">They are not: the file is as it was before.</exception>
    public void Append(IReadOnlyList<AuditEntry> entries)
    {
        if (_file is null || _length >= _largest)
        {
            Rotate();
        }

        var (previous, last) = (_previous, _last);
        _buffer.ResetWrittenCount();
        foreach (var entry in entries)
        {
            previous = AuditLine.Write(entry, ++last, previous, _buffer);
        }

        try
        {
            _file!.Write(_buffer.WrittenSpan);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // Half a line must not stand in the middle of the file: what comes next would hang on to it.
            _file!.SetLength(_length);
            throw;
        }

        (_previous, _last, _length) = (previous, last, _length + _buffer.WrittenCount);
    }

    public void Dispose() => _file?.Dispose();

    private void Rotate()
    {
        _file?.Dispose();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, UnixCreateMode = OwnerOnly, BufferSize = 0 };
        _file = new FileStream(AuditFolder.FileOf(_folder, _last + 1), options);
        _length = 0;
        foreach (var old in AuditFolder.List(_folder).SkipLast(_kept))
        {
            File.Delete(old);
        }
    }

    private void Resume(string newest)
    {
        var (whole, isRight) = (0L, true);
        foreach (var (number, line, isWhole) in AuditFolder.LinesOf(newest))
        {
            if (!isWhole)
            {
                Mended = $"a crash left {line.Length} bytes of a line in {Path.GetFileName(newest)}:{number}, which were removed";
                break;
            }

            whole += line.Length + 1;
            isRight = AuditLine.TryRead(line, out var record);
            (_previous, _last) = isRight ? (record.Hash, record.Sequence) : (_previous, _last + 1);
        }

        if (isRight)
        {
            _file = new FileStream(newest, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });
            _file.SetLength(whole);
            _file.Position = whole;
            _length = whole;
            return;
        }

        // What is damaged stays as it is, for whoever looks into it; the chain goes on in a new file, and the verifier shows the break.
        Mended = $"the last line of {Path.GetFileName(newest)} is damaged; it was left as it is";
    }
}
