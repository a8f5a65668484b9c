using FarmAgent.Agent.Hosting;
using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Boards.FlashRecords;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tests.Runs;

/// <summary>An agent on the virtual bench with a lease of its board, and a shell script in the place of the suite runner.</summary>
internal sealed class RunBench : IAsyncDisposable
{
    public const string Passing = """echo '{"passed":2,"failed":0,"skipped":0,"vacuous":[]}' >"$FARM_REPORT_FILE" """;

    private const string Board = "boards/b1";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ScratchFolder _scratch;

    private RunBench(ScratchFolder scratch, AgentHost host) => (_scratch, Host) = (scratch, host);

    public AgentHost Host { get; }

    public FarmClient Client { get; private set; } = null!;

    public string Lease { get; private set; } = "";

    public string Suite { get; private set; } = "";

    /// <summary>Starts one.</summary>
    /// <param name="script">What the runner does.</param>
    /// <param name="runner">More lines for the runner's section of the configuration.</param>
    /// <param name="scratch">Folder with the state of an earlier agent.</param>
    /// <param name="flashed">True lets a receipt say what is on the chip.</param>
    public static async Task<RunBench> StartAsync(string script, string runner = "", ScratchFolder? scratch = null, bool flashed = true)
    {
        scratch ??= new ScratchFolder();
        Directory.CreateDirectory(scratch.At("boards"));
        var configuration = scratch.Write("agent.yaml", $"""
            boards: {scratch.At("boards")}
            runner:
              command: {scratch.Script(script)}
            {runner}
            """);
        var options = new AgentOptions { Virtual = true, RealtimeClock = false, Config = configuration, State = scratch.At("state"), Socket = scratch.At("agent.sock") };
        var bench = new RunBench(scratch, await AgentHost.StartAsync(options, null, TestContext.Current.CancellationToken));
        await bench.PrepareAsync(flashed);
        return bench;
    }

    public Wire.StartRunRequest Request(params string[] arguments)
    {
        var request = new Wire.StartRunRequest { Board = Board, Lease = Lease, Suite = Suite };
        request.RobotArguments.Add(arguments);
        return request;
    }

    /// <summary>Starts a run and returns it with all its events when it has ended.</summary>
    public async Task<(Wire.Run Run, List<Wire.RunEvent> Events)> RunAsync(Wire.StartRunRequest? request = null)
    {
        using var call = Client.Runs.StartRun(request ?? Request(), deadline: DateTime.UtcNow + Limit);
        var events = await ToListAsync(call.ResponseStream, r => r.Event);
        return (events[^1].Ended, events);
    }

    /// <summary>Starts a run and leaves it as soon as its runner has printed something.</summary>
    public async Task<string> StartAndLeaveAsync(Wire.StartRunRequest? request = null)
    {
        using var call = Client.Runs.StartRun(request ?? Request(), deadline: DateTime.UtcNow + Limit);
        var name = "";
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            name = response.Event.Started?.Name ?? name;
            if (response.Event.Console.Length > 0)
            {
                break;
            }
        }

        return name;
    }

    public async Task<List<Wire.RunEvent>> WatchAsync(string run, long from = 0)
    {
        using var call = Client.Runs.WatchRun(new Wire.WatchRunRequest { Name = run, FromSequence = from }, deadline: DateTime.UtcNow + Limit);
        return await ToListAsync(call.ResponseStream, r => r.Event);
    }

    public async Task<string> FetchAsync(string run, string path)
    {
        using var call = Client.Runs.FetchArtifact(new Wire.FetchArtifactRequest { Run = run, Path = path }, deadline: DateTime.UtcNow + Limit);
        var pieces = await ToListAsync(call.ResponseStream, r => r.Data.ToStringUtf8());
        return string.Concat(pieces);
    }

    public string At(string name) => _scratch.At(name);

    public async Task<string> UploadAsync(string name, byte[] content)
    {
        using var call = Client.Runs.UploadSuite();
        await call.RequestStream.WriteAsync(new Wire.UploadSuiteRequest { Header = new Wire.SuiteHeader { FileName = name } });
        await call.RequestStream.WriteAsync(new Wire.UploadSuiteRequest { Data = ByteString.CopyFrom(content) });
        await call.RequestStream.CompleteAsync();
        return (await call).Suite;
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        _scratch.Dispose();
    }

    /// <summary>Ends the agent and keeps its state.</summary>
    public async Task<ScratchFolder> LeaveAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        return _scratch;
    }

    private static async Task<List<T>> ToListAsync<TResponse, T>(IAsyncStreamReader<TResponse> stream, Func<TResponse, T> select)
    {
        var all = new List<T>();
        await foreach (var response in stream.ReadAllAsync())
        {
            all.Add(select(response));
        }

        return all;
    }

    private async Task PrepareAsync(bool flashed)
    {
        Assert.True(AgentAddress.TryParse(Host.Address, out var address));
        Client = new FarmClient(new FarmClientOptions { Address = address });
        await Host.BoardsReady.WaitAsync(Limit);
        using var call = Client.Leases.AcquireLease(new Wire.AcquireLeaseRequest { Board = Board, RequestId = "bench", Wait = Duration.FromTimeSpan(Limit) });
        Lease = (await ToListAsync(call.ResponseStream, r => r.Lease))[^1].Name;
        Suite = await UploadAsync("expander.robot", "*** Test Cases ***\n"u8.ToArray());
        if (flashed)
        {
            await ProveAsync();
        }
    }

    // As a flash would leave it, of the very probe and chip.
    private async Task ProveAsync()
    {
        var core = Host.Core;
        var session = core.Fleet.Get("b1");
        var chip = await session.GetProbe().RunAsync(
            core.Leases.Authorize(Lease["leases/".Length..], "b1"), "look", session.GetProbe().DefaultOptions, (debug, _) => debug.Identity.DeviceIdCode, Limit, TestContext.Current.CancellationToken);
        await core.Contents.CompleteFlashAsync(
            new FlashProof
            {
                ReceiptId = "f-1",
                OperationId = "o-1",
                Board = "b1",
                ImageSha256 = new string('0', 64),
                FileName = "expander.elf",
                ProbeSerial = session.GetProbe().Presence.Info!.Serial,
                DeviceIdCode = chip,
                Time = TimeProvider.System.GetUtcNow(),
                Document = "{}",
            },
            TestContext.Current.CancellationToken);
    }
}
