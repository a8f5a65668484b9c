using FarmAgent.Agent.Tunnels.UsbDevices;

namespace FarmAgent.Agent.Tests.Tunnels.UsbDevices;

/// <summary>What a kernel asks while it enumerates a device.</summary>
public sealed class StandardRequestsTests
{
    private readonly List<byte> _cleared = [];
    private readonly StandardRequests _requests;

    public StandardRequestsTests() => _requests = new StandardRequests(
        new UsbDescriptors(0x0483, 0x3748, 0x0100, ["ST", "", "a\uD800"], 0x81, 0x02, 0x83), _cleared.Add);

    [Fact]
    public void DeviceDescriptor_IsWholeAndNamesOnlyStringsThatAreThere() =>
        Assert.Equal([18, 1, 0, 2, 0, 0, 0, 64, 0x83, 0x04, 0x48, 0x37, 0, 1, 1, 0, 3, 1], Get(0x0100, 64));

    [Fact]
    public void Configuration_FirstNineBytes_SayHowLongItIs() => Assert.Equal([9, 2, 39, 0, 1, 1, 0, 0x80, 50], Get(0x0200, 9));

    [Fact]
    public void Configuration_Whole_HasAllEndpoints() => Assert.Equal([0x81, 0x02, 0x83], Get(0x0200, 255)!.Skip(18).Chunk(7).Select(e => e[2]));

    [Fact]
    public void String_Zero_ListsTheLanguage() => Assert.Equal([4, 3, 9, 4], Get(0x0300, 255));

    [Fact]
    public void String_ThatIsNoValidText_KeepsItsCodeUnits() => Assert.Equal([6, 3, (byte)'a', 0, 0x00, 0xD8], Get(0x0303, 255));

    [Theory]
    [InlineData(0x0302)]
    [InlineData(0x0304)]
    [InlineData(0x0600)]
    [InlineData(0x0201)]
    public void Descriptor_ThatIsNotThere_IsStalled(ushort value) => Assert.Null(Get(value, 255));

    [Fact]
    public void Configuration_Chosen_IsReported()
    {
        Assert.Empty(_requests.Answer(new UsbSetup(0, 9, 1, 0, 0))!);
        Assert.Equal([1], _requests.Answer(new UsbSetup(0x80, 8, 0, 0, 1)));
        Assert.Null(_requests.Answer(new UsbSetup(0, 9, 2, 0, 0)));
    }

    [Fact]
    public void ClearHalt_ReachesTheEndpoint()
    {
        Assert.Empty(_requests.Answer(new UsbSetup(2, 1, 0, 0x81, 0))!);
        Assert.Equal([0x81], _cleared);
    }

    [Fact]
    public void VendorRequest_IsNotStandard() => Assert.Null(_requests.Answer(new UsbSetup(0xC0, 6, 0x0100, 0, 18)));

    private byte[]? Get(ushort value, ushort length) => _requests.Answer(new UsbSetup(0x80, 6, value, 0, length));
}
