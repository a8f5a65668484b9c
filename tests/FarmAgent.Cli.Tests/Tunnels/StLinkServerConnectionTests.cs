using FarmAgent.Cli.Tunnels;

namespace FarmAgent.Cli.Tests.Tunnels;

/// <summary>The stlink-server protocol where the probe cannot be had, and where requests make no sense.</summary>
public sealed class StLinkServerConnectionTests
{
    [Fact]
    public async Task Version_IsApiTwo() => Assert.Equal([2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], await AnswersAsync([6, 1, 0, 0]));

    [Fact]
    public async Task RefreshAndCount_OneDeviceAlways() => Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0], await AnswersAsync([0, 0, 1]));

    [Fact]
    public async Task DeviceInfo_ProbeThatCannotBeHad_SaysInUse()
    {
        var info = await AnswersAsync([2, 0, 0, 0, 41, 0, 0, 0]);

        Assert.Equal((45, 1, 1), (info.Length, info[0], info[44]));
    }

    [Fact]
    public async Task Open_ProbeThatCannotBeHad_IsNoSuccess() => Assert.Equal([0x03, 0x10, 0, 0], (await AnswersAsync([3, 0, 0, 0, 1, 0, 0, 0]))[..4]);

    [Fact]
    public async Task Command_BeforeOpen_KeepsTheLengthOfItsReply()
    {
        var answer = await AnswersAsync(Command(direction: 1, length: 6));

        Assert.Equal([0x03, 0x10, 0, 0, 0, 0, 0, 0, 0, 0], answer);
    }

    [Fact]
    public async Task Command_WithLongerPayloadThanTheProtocolHas_EndsTheConnection() =>
        Assert.Empty(await AnswersAsync([.. Command(direction: 0, length: 6145), 6, 1, 0, 0]));

    [Fact]
    public async Task Command_ForTraceData_IsRefused() => Assert.Equal([0x02, 0x10, 0, 0, 0, 0], await AnswersAsync(Command(direction: 3, length: 2)));

    [Fact]
    public async Task UnknownRequest_EndsTheConnection() => Assert.Empty(await AnswersAsync([0x77, 6, 1, 0, 0]));

    [Fact]
    public async Task Request_CutShort_IsAnEndOfTheStream() =>
        await Assert.ThrowsAsync<EndOfStreamException>(() => AnswersAsync([2, 0, 0]));

    private static byte[] Command(byte direction, ushort length)
    {
        var request = new byte[32];
        (request[0], request[4], request[8]) = (5, 1, 0xF1);
        (request[24], request[28], request[29]) = (direction, (byte)length, (byte)(length >> 8));
        return request;
    }

    private static async Task<byte[]> AnswersAsync(byte[] requests)
    {
        await using var stream = new RecordedStream(requests);
        await using var connection = new StLinkServerConnection(stream, _ => Task.FromResult<StLinkTunnel?>(null));
        await connection.ServeAsync(TestContext.Current.CancellationToken);
        return stream.Answers;
    }
}
