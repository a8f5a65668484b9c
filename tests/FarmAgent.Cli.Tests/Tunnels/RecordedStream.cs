namespace FarmAgent.Cli.Tests.Tunnels;

/// <summary>A connection whose other side has said all it will say; what is answered is kept.</summary>
internal sealed class RecordedStream(byte[] requests) : Stream
{
    private readonly MemoryStream _requests = new(requests);
    private readonly MemoryStream _answers = new();

    public byte[] Answers => _answers.ToArray();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => _requests.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => _answers.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
