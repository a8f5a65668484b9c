using System.Text;
using FarmAgent.Api.V1;
using FarmAgent.Keywords.Sessions;
using FarmAgent.Robot.Libraries;
using Grpc.Core;

namespace FarmAgent.Keywords.Libraries;

/// <summary>What the agent recorded of the console since this run looked first, or since it was cleared.</summary>
internal sealed class SerialLog
{
    private const int ExcerptBytes = 40;

    private readonly FarmSession _session;
    private readonly List<byte> _bytes = [];
    private long _next;

    public SerialLog(FarmSession session)
    {
        _session = session;
        if (session.HasBoard)
        {
            SkipToEnd();
        }
    }

    /// <summary>Everything seen so far, as text.</summary>
    public string Read(IKeywordContext context)
    {
        Fetch(context);
        return Encoding.UTF8.GetString(_bytes.ToArray());
    }

    /// <summary>Forgets what was seen up to now.</summary>
    public object? Clear(IKeywordContext context)
    {
        Fetch(context);
        _bytes.Clear();
        return null;
    }

    // The last recorded byte tells where the recording stands; a silent console starts at its beginning.
    private void SkipToEnd()
    {
        try
        {
            using var call = _session.Client.Serial.TailSerial(new TailSerialRequest { Board = _session.BoardName, FromOffset = -1 });
            while (call.ResponseStream.MoveNext(CancellationToken.None).GetAwaiter().GetResult())
            {
                _next = call.ResponseStream.Current.Offset + call.ResponseStream.Current.Data.Length;
            }
        }
        catch (RpcException)
        {
            // The first keyword will say why the console cannot be read.
        }
    }

    private void Fetch(IKeywordContext context) => FarmCall.Run(context, token =>
    {
        FetchAsync(token).GetAwaiter().GetResult();
        return true;
    });

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        using var call = _session.Client.Serial.TailSerial(
            new TailSerialRequest { Board = _session.BoardName, FromOffset = _next }, cancellationToken: cancellationToken);
        await foreach (var piece in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            _bytes.AddRange(piece.Data.Span);
            Note(piece.Data.Span);
            _next = piece.Offset + piece.Data.Length;
        }
    }

    // Of a talkative console only the start of each piece: the whole is in the serial log.
    private void Note(ReadOnlySpan<byte> data)
    {
        if (data.Length > 0)
        {
            var excerpt = Encoding.UTF8.GetString(data[..Math.Min(data.Length, ExcerptBytes)])
                .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            _session.Trace.Add("serial", $"received \"{excerpt}\"{(data.Length > ExcerptBytes ? " ..." : "")}", $"{data.Length} bytes");
        }
    }
}
