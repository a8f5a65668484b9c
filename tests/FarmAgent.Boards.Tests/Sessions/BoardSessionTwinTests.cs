using FarmAgent.Boards.Buses;
using FarmAgent.Boards.Consoles;
using FarmAgent.Boards.Expander;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Probes;

namespace FarmAgent.Boards.Tests.Sessions;

public sealed class BoardSessionTwinTests : IAsyncLifetime
{
    private TwinBench _bench = null!;
    private TwinBench.LeasedTwin _lease = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await TwinBench.StartAsync();
        _lease = await _bench.LeaseAsync();
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Expander_Flashed_IsFoundByScan()
    {
        await _lease.FlashAsync("expander.bin");

        var scan = await _lease.OnBusAsync(b => I2cScanner.Scan(b, _ => true, TimeSpan.FromMilliseconds(50), CancellationToken.None));

        Assert.Equal([TwinBench.Expander], scan.Found);
    }

    [Fact]
    public async Task Expander_Flashed_AnswersMagicAndVersion()
    {
        await _lease.FlashAsync("expander.bin");

        var probe = (await _lease.OnExpanderAsync(e => e.Probe())).Value!;

        Assert.Equal((0xBEEF, true), (probe.Magic, probe.Version is not null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Expander_DrivesPin_HostLineReadsIt(bool value)
    {
        await _lease.FlashAsync("expander.bin");
        await _lease.OnExpanderAsync(e => e.Configure(0, new ExpanderConfiguration(0, 0, Output: true, InitialHigh: false, Inverted: false)));

        await _lease.OnExpanderAsync(e => e.Set(0, value));
        _lease.Pass(5);

        Assert.Equal(value, _bench.Board.GetGpioLine("203").Read(_lease.Token).High);
    }

    [Fact]
    public async Task Console_FirmwareStarts_IsRecorded()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        _bench.Fleet.Start();
        await ListeningAsync(_bench.Board.GetConsole(null), limit.Token);
        await _lease.FlashAsync("expander.bin");
        var text = "";

        await foreach (var chunk in _bench.Board.GetConsole(null).ReadAsync(0, follow: true, limit.Token))
        {
            text += System.Text.Encoding.ASCII.GetString(chunk.Data.Span);
            if (text.Contains('\n', StringComparison.Ordinal))
            {
                break;
            }
        }

        Assert.Contains("expander", text, StringComparison.Ordinal);
    }

    [Fact]
    public void GetGpioLine_LegacyNumber_IsTheNamedLine() =>
        Assert.Same(_bench.Board.GetGpioLine("PG11"), _bench.Board.GetGpioLine("203"));

    [Fact]
    public void GetGpioLine_Mistyped_NamesWhatWasMeant() =>
        Assert.Contains("Did you mean 'PG11'?", Assert.Throws<RequestException>(() => _bench.Board.GetGpioLine("PG12")).Message, StringComparison.Ordinal);

    [Fact]
    public void Gpio_WriteOnInput_MakesItAnOutput() =>
        Assert.Equal((GpioDirection.Output, true), (_bench.Board.GetGpioLine("PG0").Write(_lease.Token, high: true).Direction, _bench.Twin.GetNet("PA1").Level));

    [Fact]
    public async Task Lease_Ends_LinesAreInputsAgain()
    {
        _bench.Board.GetGpioLine("PG0").ConfigureOutput(_lease.Token, initialHigh: true);

        await _lease.EndAsync();
        var next = await _bench.LeaseAsync();

        Assert.Equal(GpioDirection.Input, _bench.Board.GetGpioLine("PG0").Read(next.Token).Direction);
    }

    [Fact]
    public async Task Lease_Ends_FirmwareRunsFromReset()
    {
        await _lease.FlashAsync("expander.bin");
        await _lease.OnExpanderAsync(e => e.Configure(3, new ExpanderConfiguration(0, 3, Output: true, InitialHigh: true, Inverted: false)));

        await _lease.EndAsync();
        var next = await _bench.LeaseAsync();
        next.Pass(20);

        Assert.Equal((byte)0xFF, (await next.OnExpanderAsync(e => e.Get(3))).Value.Configuration.Port);
    }

    [Fact]
    public async Task Lease_EndsWithoutProbe_FailureIsOnRecord()
    {
        _bench.Twin.Faults.UnplugProbe();

        await _lease.EndAsync();

        var failure = Assert.Single(_bench.Board.SafeState!.Failures);
        Assert.Equal(("device under test reset", "PROBE_NOT_FOUND"), (failure.Step, failure.Reason));
    }

    [Fact]
    public async Task Probe_PluggedInAgain_WorksWithTheNextJob()
    {
        _bench.Twin.Faults.UnplugProbe();
        await Assert.ThrowsAsync<ProbeException>(LookAsync);

        _bench.Twin.Faults.ReplugProbe();

        Assert.Equal(0x410, await LookAsync());
    }

    [Fact]
    public async Task Refresh_ProbeUnplugged_BoardHasAProblemAndNoReceipt()
    {
        await _lease.FlashAsync("expander.bin");
        _bench.Twin.Faults.UnplugProbe();

        Assert.Equal(["b1"], await _bench.Fleet.RefreshAsync(TestContext.Current.CancellationToken));

        Assert.Equal((false, "the probe was unplugged since the last flash"), (_bench.Board.IsAvailable, _bench.Contents.Get("b1").InvalidReason));
        Assert.Contains("No debug probe matches", Assert.Single(_bench.Board.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gpio_LeaseEnded_TouchesNothing()
    {
        await _lease.EndAsync();

        Assert.Equal("LEASE_LOST", Assert.Throws<BoardException>(() => _bench.Board.GetGpioLine("PG0").Write(_lease.Token, high: true)).Reason);
        Assert.False(_bench.Twin.GetNet("PA1").Level);
    }

    private async Task<int> LookAsync()
    {
        var probe = _bench.Board.GetProbe();
        return await probe.RunAsync(_lease.Token, "look", probe.LookOnly, (d, _) => (int)d.Identity.DeviceId, TimeSpan.FromSeconds(10), CancellationToken.None);
    }

    /// <summary>Waits until the recorder's own thread has opened the port: what was sent before, nobody heard.</summary>
    private async Task ListeningAsync(SerialRecorder recorder, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                recorder.Write(_lease.Token, []);
                return;
            }
            catch (HardwareException) when (!cancellationToken.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }
}
