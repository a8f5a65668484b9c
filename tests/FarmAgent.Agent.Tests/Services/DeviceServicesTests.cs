using System.Text;
using FarmAgent.Api.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Services;

/// <summary>What is done with the devices of a leased board, over the real socket against real firmware on the virtual bench.</summary>
public sealed class DeviceServicesTests : IAsyncLifetime
{
    private TestAgent _agent = null!;
    private string _lease = "";

    public async ValueTask InitializeAsync()
    {
        _agent = await TestAgent.StartAsync();
        _lease = (await _agent.LeaseAsync()).Name;
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    [Fact]
    public async Task ProbeExpander_FlashedBoard_FindsBeefAndVersion()
    {
        await _agent.FlashAsync(_lease, "expander.elf");

        var probe = await _agent.Client.I2c.ProbeExpanderAsync(new ProbeExpanderRequest { Board = TestAgent.Board, Lease = _lease });

        Assert.Equal((true, 0xBEEFu, 0x08u), (probe.Recognised, probe.Magic, probe.Address));
        Assert.Equal("0.1.0", probe.Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SetExpander_OutputOnPa0_MovesTheHostsLine(bool value)
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        var gpio = new ExpanderGpio { Index = 0, Port = 0, Pin = 0, Output = true };
        await _agent.Client.I2c.ConfigureExpanderAsync(new ConfigureExpanderRequest { Board = TestAgent.Board, Lease = _lease, Gpio = gpio });

        await _agent.Client.I2c.SetExpanderAsync(new SetExpanderRequest { Board = TestAgent.Board, Lease = _lease, Index = 0, Value = value });
        var byName = await _agent.Client.Gpio.GetLineAsync(new GetLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG11" });
        var byNumber = await _agent.Client.Gpio.GetLineAsync(new GetLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "203" });

        Assert.Equal((value, value), (byName.Line.High, byNumber.Line.High));
    }

    [Fact]
    public async Task GetExpander_AsConfigured_ReadsBack()
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        var gpio = new ExpanderGpio { Index = 3, Port = 0, Pin = 2, Output = true, InitialHigh = true, Inverted = true };

        var readBack = (await _agent.Client.I2c.ConfigureExpanderAsync(
            new ConfigureExpanderRequest { Board = TestAgent.Board, Lease = _lease, Gpio = gpio })).Gpio;

        Assert.Equal((3u, 0u, 2u, true, true, true), (readBack.Index, readBack.Port, readBack.Pin, readBack.Output, readBack.InitialHigh, readBack.Inverted));
    }

    [Fact]
    public async Task ProbeExpander_BlankChip_IsTheBenchsFault()
    {
        var error = await TestAgent.FailAsync(() =>
            _agent.Client.I2c.ProbeExpanderAsync(new ProbeExpanderRequest { Board = TestAgent.Board, Lease = _lease }).ResponseAsync);

        Assert.Equal(("BOARD_NOT_FLASHED", StatusCode.FailedPrecondition, 3), (error.Reason, error.Status, error.ExitCode));
        Assert.Equal("error", error.Metadata["verdict"]);
        Assert.Contains(error.Metadata.Keys, k => k.StartsWith("evidence.1.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ProbeExpander_OtherFirmware_IsTheFirmwaresFault()
    {
        await _agent.FlashAsync(_lease, "blinky.elf");

        var error = await TestAgent.FailAsync(() =>
            _agent.Client.I2c.ProbeExpanderAsync(new ProbeExpanderRequest { Board = TestAgent.Board, Lease = _lease }).ResponseAsync);

        Assert.Equal(("DUT_SILENT", 1, "fail"), (error.Reason, error.ExitCode, error.Metadata["verdict"]));
    }

    [Fact]
    public async Task ProbeExpander_SdaCut_IsSilentToo()
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        await _agent.BreakAsync(new Fault { CutWire = new CutWire { Net = "SDA" } });

        var error = await TestAgent.FailAsync(() =>
            _agent.Client.I2c.ProbeExpanderAsync(new ProbeExpanderRequest { Board = TestAgent.Board, Lease = _lease }).ResponseAsync);

        Assert.Equal("DUT_SILENT", error.Reason);
    }

    [Fact]
    public async Task ProbeExpander_ProbeUnplugged_IsTheBenchsFault()
    {
        await _agent.BreakAsync(new Fault { UnplugProbe = new UnplugProbe() });

        var error = await TestAgent.FailAsync(() =>
            _agent.Client.I2c.ProbeExpanderAsync(new ProbeExpanderRequest { Board = TestAgent.Board, Lease = _lease }).ResponseAsync);

        Assert.Equal(("PROBE_DISCONNECTED", 3), (error.Reason, error.ExitCode));
    }

    [Fact]
    public async Task Transfer_AbsentAddress_IsAnOutcomeWithADiagnosis()
    {
        await _agent.FlashAsync(_lease, "expander.elf");

        var transfer = await _agent.Client.I2c.TransferAsync(new TransferRequest { Board = TestAgent.Board, Lease = _lease, Address = 0x22, ReadLength = 1 });

        Assert.Equal(TransferStatus.AddressNack, transfer.Status);
        Assert.NotNull(transfer.Diagnosis);
    }

    [Fact]
    public async Task Transfer_RegisterOfTheExpander_ReadsIt()
    {
        await _agent.FlashAsync(_lease, "expander.elf");

        var transfer = await _agent.Client.I2c.TransferAsync(
            new TransferRequest { Board = TestAgent.Board, Lease = _lease, Address = 0x08, Write = ByteString.CopyFrom(0x00), ReadLength = 2 });

        Assert.Equal(TransferStatus.Ok, transfer.Status);
        Assert.Equal([0xBE, 0xEF], transfer.Data.ToByteArray());
    }

    [Fact]
    public async Task Scan_FlashedBoard_RecognisesTheExpander()
    {
        await _agent.FlashAsync(_lease, "expander.elf");

        var scan = await _agent.Client.I2c.ScanAsync(new ScanRequest { Board = TestAgent.Board, Lease = _lease });

        Assert.Equal("expander 0.1.0 (0xBEEF)", Assert.Single(scan.Hits, h => h.Address == 0x08).Description);
    }

    [Fact]
    public async Task TailSerial_AfterBoot_HasTheFirmwaresBanner()
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        await _agent.AdvanceAsync(0.2);

        var text = new StringBuilder();
        using var call = _agent.Client.Serial.TailSerial(new TailSerialRequest { Board = TestAgent.Board, Follow = true }, cancellationToken: TestAgent.Cancellation);
        while (!text.ToString().Contains('\n', StringComparison.Ordinal) && await call.ResponseStream.MoveNext(TestAgent.Cancellation))
        {
            text.Append(Encoding.ASCII.GetString(call.ResponseStream.Current.Data.Span));
        }

        Assert.StartsWith("expander 0.1.0", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetChip_Any_IdentifiesIt()
    {
        var answer = await _agent.Client.Debug.GetChipAsync(new GetChipRequest { Board = TestAgent.Board, Lease = _lease });

        Assert.Equal(("STM32F103C8", 0x410u, 65_536u, 1_024u), (answer.Chip.Name, answer.Chip.DeviceId, answer.Chip.FlashBytes, answer.Chip.SectorBytes));
        Assert.StartsWith("V2J", answer.Probe.Firmware, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ResetMode.Halt, CoreActivity.Halted)]
    [InlineData(ResetMode.Run, CoreActivity.Sleeping)]
    public async Task Reset_Mode_LeavesTheCoreSo(ResetMode mode, CoreActivity expected)
    {
        await _agent.FlashAsync(_lease, "expander.elf");

        await _agent.Client.Debug.ResetAsync(new ResetRequest { Board = TestAgent.Board, Lease = _lease, Mode = mode });
        var state = await _agent.Client.Debug.GetCoreStateAsync(new GetCoreStateRequest { Board = TestAgent.Board, Lease = _lease });

        Assert.Equal(expected, state.Core.Activity);
    }

    [Fact]
    public async Task ReadMemory_Flash_IsTheImage()
    {
        await _agent.FlashAsync(_lease, "expander.bin");
        var image = await File.ReadAllBytesAsync(TestAgent.Firmware("expander.bin"), TestAgent.Cancellation);

        var memory = await _agent.Client.Debug.ReadMemoryAsync(
            new ReadMemoryRequest { Board = TestAgent.Board, Lease = _lease, Address = 0x0800_0000, Length = (uint)image.Length });

        Assert.Equal(image, memory.Data.ToByteArray());
    }

    [Theory]
    [InlineData(0x0800_0000u, 0u, "REQUEST_INVALID")]
    [InlineData(0xFFFF_FFFFu, 2u, "REQUEST_INVALID")]
    [InlineData(0x6000_0000u, 4u, "MEMORY_FAULT")]
    public async Task ReadMemory_NothingThere_SaysSo(uint address, uint length, string reason)
    {
        var error = await TestAgent.FailAsync(() => _agent.Client.Debug.ReadMemoryAsync(
            new ReadMemoryRequest { Board = TestAgent.Board, Lease = _lease, Address = address, Length = length }).ResponseAsync);

        Assert.Equal(reason, error.Reason);
    }

    [Fact]
    public async Task SetLine_HostDrivesPa0_IsSeenOnTheNet()
    {
        await _agent.Client.Gpio.SetLineAsync(new SetLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG11", High = true });

        var bench = await _agent.Client.Bench.GetBenchAsync(new GetBenchRequest { Board = TestAgent.Board });

        Assert.True(Assert.Single(bench.Nets, n => n.Name == "PA0").High);
    }

    [Fact]
    public async Task ReleaseLease_LineDriven_BoardIsLeftSafe()
    {
        await _agent.Client.Gpio.SetLineAsync(new SetLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG11", High = true });

        await _agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = _lease });
        _lease = (await _agent.LeaseAsync()).Name;
        var line = await _agent.Client.Gpio.GetLineAsync(new GetLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG11" });

        Assert.Equal(LineDirection.Input, line.Line.Direction);
    }

    [Theory]
    [InlineData("PG99", "GPIO_LINE_UNKNOWN")]
    [InlineData("", "REQUEST_INVALID")]
    public async Task GetLine_NoSuchLine_SaysSo(string line, string reason)
    {
        var error = await TestAgent.FailAsync(() => _agent.Client.Gpio.GetLineAsync(
            new GetLineRequest { Board = TestAgent.Board, Lease = _lease, Line = line }).ResponseAsync);

        Assert.Equal((reason, 2), (error.Reason, error.ExitCode));
    }

    [Fact]
    public async Task AdvanceClock_Lockstep_MovesTimeByJustThat()
    {
        var before = (await _agent.Client.Bench.GetBenchAsync(new GetBenchRequest { Board = TestAgent.Board })).Elapsed.ToTimeSpan();

        await _agent.AdvanceAsync(2.5);
        var after = (await _agent.Client.Bench.GetBenchAsync(new GetBenchRequest { Board = TestAgent.Board })).Elapsed.ToTimeSpan();

        Assert.InRange(after - before, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(2.51));
    }

    [Fact]
    public async Task ApplyFault_UnknownNet_SaysSo()
    {
        var error = await TestAgent.FailAsync(() => _agent.BreakAsync(new Fault { CutWire = new CutWire { Net = "PZ9" } }));

        Assert.Equal(("NET_UNKNOWN", StatusCode.NotFound), (error.Reason, error.Status));
    }

    [Fact]
    public async Task Core_HaltStepRegistersResume_DoesThat()
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        var runs = await TestAgent.FailAsync(() => _agent.Client.Debug.StepAsync(new StepRequest { Board = TestAgent.Board, Lease = _lease }).ResponseAsync);
        await _agent.Client.Debug.ResetAsync(new ResetRequest { Board = TestAgent.Board, Lease = _lease, Mode = ResetMode.Halt });
        var halted = (await _agent.Client.Debug.HaltAsync(new HaltRequest { Board = TestAgent.Board, Lease = _lease })).Core;
        var stepped = (await _agent.Client.Debug.StepAsync(new StepRequest { Board = TestAgent.Board, Lease = _lease })).Core;
        var registers = (await _agent.Client.Debug.ReadRegistersAsync(new ReadRegistersRequest { Board = TestAgent.Board, Lease = _lease })).Registers;
        var resumed = (await _agent.Client.Debug.ResumeAsync(new ResumeRequest { Board = TestAgent.Board, Lease = _lease })).Core;

        Assert.Equal("CORE_RUNS", runs.Reason);
        Assert.Equal((CoreActivity.Halted, CoreActivity.Halted), (halted.Activity, stepped.Activity));
        Assert.NotEqual(halted.ProgramCounter, stepped.ProgramCounter);
        Assert.Equal(stepped.ProgramCounter, registers.Single(r => r.Name == "pc").Value);
        Assert.NotEqual(CoreActivity.Halted, resumed.Activity);
    }
}
