using System.Globalization;
using System.Text;
using FarmAgent.Api.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Tunnels;

/// <summary>A gdb of a test: packets over an attachment.</summary>
internal sealed class GdbConversation : IDisposable
{
    private readonly AsyncDuplexStreamingCall<AttachGdbRequest, AttachGdbResponse> _call;
    private readonly StringBuilder _received = new();

    private GdbConversation(AsyncDuplexStreamingCall<AttachGdbRequest, AttachGdbResponse> call) => _call = call;

    public GdbAttached Target { get; private set; } = new();

    public List<string> Notes { get; } = [];

    public static async Task<GdbConversation> AttachAsync(TestAgent agent, string lease)
    {
        var conversation = new GdbConversation(agent.Client.Tunnels.AttachGdb(cancellationToken: TestAgent.Cancellation));
        var attachment = new GdbAttachment { Board = TestAgent.Board, Lease = lease, Tool = "gdb" };
        await conversation._call.RequestStream.WriteAsync(new AttachGdbRequest { Attach = attachment }, TestAgent.Cancellation);
        Assert.True(await conversation._call.ResponseStream.MoveNext(TestAgent.Cancellation));
        conversation.Target = conversation._call.ResponseStream.Current.Attached;
        Assert.Equal("OK", await conversation.AskAsync("QStartNoAckMode"));
        return conversation;
    }

    /// <summary>Sends a packet and waits for its answer.</summary>
    public async Task<string> AskAsync(string packet)
    {
        await SendAsync(packet);
        return await NextAsync();
    }

    public async Task SendAsync(string packet)
    {
        var sum = Encoding.ASCII.GetBytes(packet).Aggregate((byte)0, (total, value) => (byte)(total + value));
        var frame = string.Create(CultureInfo.InvariantCulture, $"${packet}#{sum:x2}");
        await _call.RequestStream.WriteAsync(new AttachGdbRequest { Data = ByteString.CopyFromUtf8(frame) }, TestAgent.Cancellation);
    }

    /// <summary>Sends bytes that are no packet.</summary>
    public Task SendRawAsync(byte[] bytes) => _call.RequestStream.WriteAsync(new AttachGdbRequest { Data = ByteString.CopyFrom(bytes) }, TestAgent.Cancellation);

    /// <summary>The next packet's payload.</summary>
    public async Task<string> NextAsync()
    {
        while (true)
        {
            var text = _received.ToString();
            if (text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var end && text.Length >= end + 3)
            {
                _received.Remove(0, end + 3);
                return text[(text.IndexOf('$', StringComparison.Ordinal) + 1)..end];
            }

            Assert.True(await _call.ResponseStream.MoveNext(TestAgent.Cancellation), "The agent ended the attachment without a reason.");
            if (_call.ResponseStream.Current.KindCase == AttachGdbResponse.KindOneofCase.Note)
            {
                Notes.Add(_call.ResponseStream.Current.Note);
            }
            else
            {
                _received.Append(_call.ResponseStream.Current.Data.ToStringUtf8());
            }
        }
    }

    public async Task DetachAsync()
    {
        await _call.RequestStream.CompleteAsync();
        while (await _call.ResponseStream.MoveNext(TestAgent.Cancellation))
        {
            // What was still under way.
        }
    }

    public void Dispose() => _call.Dispose();
}
