using FarmAgent.Interop.Tests.Scenarios;
using FarmAgent.TestKit.UsbIp;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>An importer at <c>farmctl tunnel usbip</c>: the leased board's ST-LINK and its I2C bus as USB devices.</summary>
public sealed class UsbIpTunnelTests : BoardScenario
{
    private const byte VendorIn = 0xC1;
    private const byte VendorOut = 0x41;
    private const byte TransferBegin = 5;
    private const byte TransferEnd = 6;
    private const int DeviceBusy = 2;
    private static readonly byte[] GetVersion = [0xF1, 0x80, .. new byte[14]];

    [Fact]
    public async Task List_ShowsTheProbeAndTheAdapter()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "usbip");

        Assert.Equal([("1-1", "0483:3748"), ("1-2", "0403:c631")], await UsbIpClient.ListAsync(tunnel.Port));
    }

    [Fact]
    public async Task StLink_GetVersion_AnswersAndAgainAfterDetaching()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "usbip");
        for (var round = 0; round < 2; round++)
        {
            await using var probe = await ImportAsync(tunnel.Port, "1-1");

            Assert.Equal((0, 16), await probe.BulkOutAsync(2, GetVersion) is var sent ? (sent.Status, sent.Length) : default);
            Assert.Equal([0x29, 0x47, 0x83, 0x04, 0x48, 0x37], (await probe.BulkInAsync(1, 64)).Data);
        }
    }

    [Fact]
    public async Task StLink_Attached_IsRefusedToASecondImporterAndToTheAgent()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "usbip");
        await using var probe = await UsbIpClient.ImportAsync(tunnel.Port, "1-1");

        var (status, _) = await UsbIpClient.TryImportAsync(tunnel.Port, "1-1");
        var flash = await Agent.FarmctlAsync("--lease", lease.Name, "flash", Expander);

        Assert.Equal((uint)DeviceBusy, status);
        Assert.True(flash.ExitCode == 3 && flash.Errors.Contains("PROBE_IN_USE", StringComparison.Ordinal), flash.ToString());
    }

    [Fact]
    public async Task StLink_ReplyThatNeverComes_CanBeTakenBack()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "usbip");
        await using var probe = await UsbIpClient.ImportAsync(tunnel.Port, "1-1");
        var waiting = await probe.SubmitAsync(isIn: true, 1, 64, new byte[8], []);

        var unlink = await probe.UnlinkAsync(waiting);

        var answer = await probe.NextAsync(isIn: false);
        Assert.Equal((4u, unlink, -104), (answer.Kind, answer.Number, answer.Status));
        await probe.BulkOutAsync(2, GetVersion);
        Assert.Equal(6, (await probe.BulkInAsync(1, 64)).Length);
    }

    [Fact]
    public async Task StLink_UnpluggedInTheMidst_DisconnectsTheImporter()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "usbip");
        await using var probe = await UsbIpClient.ImportAsync(tunnel.Port, "1-1");
        await probe.SubmitAsync(isIn: true, 1, 64, new byte[8], []);

        await DoAsync("--lease", lease.Name, "bench", "unplug-probe");

        await Assert.ThrowsAnyAsync<IOException>(() => probe.NextAsync(isIn: true));
        Assert.Contains("PROBE_DISCONNECTED", tunnel.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task I2c_CombinedTransfer_ReadsTheMagicOfTheExpander()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await DoAsync("--lease", lease.Name, "flash", Expander);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "usbip");
        await using var adapter = await UsbIpClient.ImportAsync(tunnel.Port, "1-2");

        var write = await adapter.ControlOutAsync(VendorOut, TransferBegin, 0, 0x08, 0x00);
        var read = await adapter.ControlInAsync(VendorIn, TransferEnd, 1, 0x08, 2);
        var status = await adapter.ControlInAsync(VendorIn, 3, 0, 0, 1);

        Assert.Equal((0, 1), (write.Status, write.Length));
        Assert.Equal([0xBE, 0xEF], read.Data);
        Assert.Equal([1], status.Data);
        await DoAsync("--lease", lease.Name, "expander", "probe");
    }

    [Fact]
    public async Task Lease_Released_DisconnectsImportersAndEndsTheTunnelWithFour()
    {
        var lease = await HeldLease.TakeAsync(Agent);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "usbip");
        await using var probe = await UsbIpClient.ImportAsync(tunnel.Port, "1-1");
        await using var adapter = await UsbIpClient.ImportAsync(tunnel.Port, "1-2");

        await lease.DisposeAsync();

        Assert.Equal(4, await tunnel.WaitForExitAsync());
        Assert.Contains("LEASE_LOST", tunnel.Errors, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<IOException>(() => probe.NextAsync(isIn: true));
        await Assert.ThrowsAnyAsync<IOException>(() => adapter.NextAsync(isIn: true));
    }

    /// <summary>An importer that has just gone is noticed a moment later; until then the device is busy.</summary>
    private static async Task<UsbIpClient> ImportAsync(int port, string busId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await UsbIpClient.TryImportAsync(port, busId) is (_, { } device))
            {
                return device;
            }

            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
