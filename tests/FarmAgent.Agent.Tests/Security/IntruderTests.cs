using FarmAgent.Api.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;

namespace FarmAgent.Agent.Tests.Security;

/// <summary>Every method that the agent serves, called over TLS by everybody who should not, about somebody else's board, lease, flash and run.</summary>
public sealed class IntruderTests(IntrudedFarm farm) : IClassFixture<IntrudedFarm>
{
    private static readonly FileDescriptor[] Files =
    [
        BenchServiceReflection.Descriptor, DebugServiceReflection.Descriptor, FlashServiceReflection.Descriptor, GpioServiceReflection.Descriptor,
        I2CServiceReflection.Descriptor, InventoryServiceReflection.Descriptor, LeaseServiceReflection.Descriptor, RunServiceReflection.Descriptor,
        SerialServiceReflection.Descriptor, TunnelServiceReflection.Descriptor, InstrumentServiceReflection.Descriptor, SecurityServiceReflection.Descriptor, AuditServiceReflection.Descriptor, CheckServiceReflection.Descriptor, TraceServiceReflection.Descriptor, PowerServiceReflection.Descriptor,
        HealthReflection.Descriptor, ReflectionReflection.Descriptor,
    ];

    // What anybody may do who is known at all: it is about no board, or shows him his own boards only.
    private static readonly string[] AboutNoBoard =
    [
        "Health/Check", "Health/Watch", "Health/List", "ServerReflection/ServerReflectionInfo",
        "InventoryService/GetAgent", "InventoryService/ListBoards", "InventoryService/WatchBoards", "InventoryService/ListProbes", "BenchService/ListFaultKinds",
    ];

    // What looking at a board means.
    private static readonly string[] Looks =
    [
        "InventoryService/GetBoard", "LeaseService/GetLease", "LeaseService/ListLeases", "LeaseService/WatchLease", "FlashService/GetOperation", "FlashService/WatchOperation", "FlashService/ListReceipts",
        "InstrumentService/ListInstruments", "SerialService/TailSerial", "BenchService/GetBench", "BenchService/ListFaults", "CheckService/GetCheck",
    ];

    private static readonly string[] LooksAtRuns =
        ["RunService/WatchRun", "RunService/GetRun", "RunService/ListRuns", "RunService/ListArtifacts", "RunService/FetchArtifact"];

    // What has passed over a board's wires is for those who may lease it.
    private static readonly string[] Traces = ["TraceService/GetTrace", "TraceService/TailTrace", "TraceService/ExportTrace"];

    // Files that he brings himself, or joins.
    private static readonly string[] Uploads = ["FlashService/UploadImage", "FlashService/CombineImages"];

    private static readonly Dictionary<string, string[]> MayCall = new(StringComparer.Ordinal)
    {
        ["nobody"] = [],
        ["expired token"] = [],
        ["revoked certificate"] = [],
        ["one-time token"] = ["SecurityService/ExchangeToken"],
        ["viewer"] = [.. AboutNoBoard, .. Looks, .. LooksAtRuns],
        ["operator of another board"] = [.. AboutNoBoard, .. Uploads, "RunService/UploadSuite"],
        ["administrator of another board"] = [.. AboutNoBoard, .. Uploads, "RunService/UploadSuite"],

        // On the same board, with somebody else's lease: may ask for the board, and look.
        // The run has ended, so that cancelling it is another look.
        ["operator without the lease"] =
            [.. AboutNoBoard, .. Looks, .. LooksAtRuns, .. Traces, .. Uploads, "RunService/UploadSuite", "RunService/CancelRun", "LeaseService/AcquireLease"],

        // A runner reports the events of its own run, whatever a request says.
        ["runner of another lease"] = [.. AboutNoBoard, .. Looks, .. Traces, .. Uploads, "RunService/ReportRunEvents"],
        ["runner on another board"] = [.. AboutNoBoard, .. Uploads, "RunService/ReportRunEvents"],
    };

    public static TheoryData<string, string> Cases => new(
        MayCall.Keys.SelectMany(who => Files.SelectMany(f => f.Services).SelectMany(s => s.Methods).Select(m => (who, $"{m.Service.Name}/{m.Name}"))));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Call_SomebodyElses_PassesOnlyWhatIsOpen(string who, string method)
    {
        var descriptor = Files.SelectMany(f => f.Services).SelectMany(s => s.Methods).Single(m => $"{m.Service.Name}/{m.Name}" == method);

        var status = await farm.CallAsync(who, descriptor);

        var isRefused = status is StatusCode.Unauthenticated or StatusCode.PermissionDenied;
        Assert.True(isRefused != MayCall[who].Contains(method), $"{who} called {method}: {status}");
    }
}
