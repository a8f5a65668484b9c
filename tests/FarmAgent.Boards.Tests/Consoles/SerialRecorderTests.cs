using System.Text;
using FarmAgent.Boards.Consoles;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Tests.Executors;
using FarmAgent.Hardware;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Boards.Tests.Consoles;

public sealed class SerialRecorderTests : IDisposable, ISerialSink
{
    private readonly ScriptedPort _bench = new();
    private readonly SerialRecorder _recorder;
    private readonly StringBuilder _kept = new();

    public SerialRecorderTests()
    {
        _recorder = new SerialRecorder(
            "b1",
            new SerialPortDescription { Name = "console", Device = "/dev/ttyS1" },
            _bench,
            this,
            new FakeTime(),
            new SerialRecorderOptions { FirstPause = TimeSpan.FromMilliseconds(1), ReadLimit = TimeSpan.FromMilliseconds(20) });
        _recorder.Start();
    }

    public void Dispose() => _recorder.Dispose();

    SerialChunk? ISerialSink.Load(string board, string port, int most) => null;

    void ISerialSink.Append(string board, string port, SerialChunk chunk) => _kept.Append($"[{board}/{port}@{chunk.Offset}]{Encoding.ASCII.GetString(chunk.Data.Span)}");

    [Fact]
    public async Task Read_Following_GivesWhatComesLater()
    {
        var reading = FirstAsync(0, 5);

        _bench.Receive("hello");

        Assert.Equal((0L, "hello"), await reading);
    }

    [Fact]
    public async Task Read_SeveralListeners_EachGetsAll()
    {
        var (first, second) = (FirstAsync(0, 2), FirstAsync(0, 2));

        _bench.Receive("hi");

        Assert.Equal(((0L, "hi"), (0L, "hi")), (await first, await second));
    }

    [Fact]
    public async Task Read_NotFollowing_EndsWithWhatThereIs()
    {
        await RecordedAsync("one two");

        Assert.Equal("two", await AllAsync(4));
    }

    [Fact]
    public async Task Read_NegativeOffset_CountsFromTheEnd()
    {
        await RecordedAsync("one two");

        Assert.Equal("two", await AllAsync(-3));
    }

    [Fact]
    public async Task Record_PortLostAndBack_GoesOnWhereItWas()
    {
        await RecordedAsync("one");
        _bench.Unplug();
        SpinWait.SpinUntil(() => _recorder.Problem is not null, TimeSpan.FromSeconds(10));
        _bench.IsUnplugged = false;

        await RecordedAsync("two");

        Assert.Equal("onetwo", await AllAsync(0));
    }

    [Fact]
    public async Task ThrowIfNeverOpened_SomethingRecorded_IsNoFault()
    {
        await RecordedAsync("one");
        _bench.Unplug();
        SpinWait.SpinUntil(() => _recorder.Problem is not null, TimeSpan.FromSeconds(10));

        _recorder.ThrowIfNeverOpened();
    }

    [Fact]
    public void ThrowIfNeverOpened_NothingRecordedAndNoPort_SaysWhy()
    {
        _bench.Unplug();
        SpinWait.SpinUntil(() => _recorder.Problem?.Contains("is not there", StringComparison.Ordinal) == true, TimeSpan.FromSeconds(10));

        var thrown = Assert.Throws<HardwareException>(_recorder.ThrowIfNeverOpened);

        Assert.Equal("SERIAL_LOST", thrown.Reason);
        Assert.Contains("is not there. Plug it in.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problem_PortLost_SaysWhatToDo()
    {
        await RecordedAsync("one");
        _bench.Unplug();
        SpinWait.SpinUntil(() => _recorder.Problem?.Contains("is not there", StringComparison.Ordinal) == true, TimeSpan.FromSeconds(10));

        Assert.Equal("port console (/dev/ttyS1): /dev/ttyS1 is not there. Plug it in.", _recorder.Problem);
    }

    [Fact]
    public async Task Record_Sink_GetsEveryByteWithItsPlace()
    {
        await RecordedAsync("one");
        await RecordedAsync("two");

        Assert.Equal("[b1/console@0]one[b1/console@3]two", _kept.ToString());
    }

    [Fact]
    public async Task Write_UnderLease_SendsAndTellsThePlaceOfTheAnswer()
    {
        await RecordedAsync("one");

        Assert.Equal((3L, "go"), (_recorder.Write(Fences.Open().Token, "go"u8), Encoding.ASCII.GetString(Assert.Single(_bench.Sent))));
    }

    [Fact]
    public async Task Write_LeaseEnded_SendsNothing()
    {
        await RecordedAsync("one");
        var (fence, token) = Fences.Open();
        fence.EnterMaintenance();

        Assert.Equal("LEASE_LOST", Assert.Throws<BoardException>(() => { _recorder.Write(token, "go"u8); }).Reason);
        Assert.Empty(_bench.Sent);
    }

    [Fact]
    public async Task Dispose_Listener_Ends()
    {
        var reading = AllAsync(0, follow: true);

        _recorder.Dispose();

        Assert.Equal("", await reading.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private async Task RecordedAsync(string text)
    {
        var end = _recorder.End + text.Length;
        _bench.Receive(text);
        await FirstAsync(end - 1, 1);
    }

    private async Task<(long Offset, string Text)> FirstAsync(long from, int length)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var text = "";
        long? offset = null;
        await foreach (var chunk in _recorder.ReadAsync(from, follow: true, limit.Token))
        {
            offset ??= chunk.Offset;
            text += Encoding.ASCII.GetString(chunk.Data.Span);
            if (text.Length >= length)
            {
                break;
            }
        }

        return (offset ?? -1, text);
    }

    private async Task<string> AllAsync(long from, bool follow = false)
    {
        var text = "";
        await foreach (var chunk in _recorder.ReadAsync(from, follow, CancellationToken.None))
        {
            text += Encoding.ASCII.GetString(chunk.Data.Span);
        }

        return text;
    }
}
