using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Runs;
using FarmAgent.Agent.Security;
using FarmAgent.Boards.Buses;
using FarmAgent.Boards.Diagnosing;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Expander;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;
using Google.Protobuf;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>The board's I2C bus and the expander on it. A refused transfer comes with whose fault it is.</summary>
internal sealed class I2cGrpcService(LeaseGate gate, EvidenceCollector evidence, RunObservations observations) : Wire.I2cService.I2cServiceBase
{
    private const uint LargestRead = 4096;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public override async Task<Wire.ScanResponse> Scan(Wire.ScanRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var bus = session.GetI2cBus(request.Adapter);
        var timeout = session.Options.I2cTransferLimit;
        var expander = bus.Description.ExpanderAddress;
        var (scan, probe) = await bus.RunAsync(
            token,
            "i2c scan",
            (b, stop) =>
            {
                var found = I2cScanner.Scan(b, bus.Description.Allows, timeout, stop);
                var identity = expander is { } at && found.Found.Contains(at) ? new ExpanderProtocol(b, at, timeout).Probe().Value : null;
                return (found, identity);
            },
            Limit,
            context.CancellationToken);
        if (scan is { Fault: { } fault, FaultAddress: { } faultAddress })
        {
            throw await DiagnosedAsync(context, session, token, bus, faultAddress, fault);
        }

        var response = new Wire.ScanResponse { Adapter = bus.Description.Name };
        response.Hits.Add(scan.Found.Select(a => new Wire.ScanHit { Address = a.Value, Description = Describe(bus, a, probe) }));
        return response;
    }

    public override async Task<Wire.TransferResponse> Transfer(Wire.TransferRequest request, ServerCallContext context)
    {
        if (request.ReadLength > LargestRead || request.Write.Length > LargestRead)
        {
            throw new RequestException("REQUEST_INVALID", $"A transfer writes and reads at most {LargestRead} bytes each. Split it.");
        }

        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var bus = session.GetI2cBus(request.Adapter);
        var address = BusMapping.AddressFromWire(request.Address);
        bus.CheckAddress(address);
        var read = new byte[request.ReadLength];
        var result = await bus.RunAsync(
            token,
            "i2c transfer",
            (b, _) => b.Transfer(address, request.Write.Span, read, session.Options.I2cTransferLimit),
            Limit,
            context.CancellationToken);
        var response = new Wire.TransferResponse
        {
            Status = result.Status.ToWire(),
            Data = ByteString.CopyFrom(read, 0, result.IsOk ? read.Length : 0),
            Written = (uint)result.BytesWritten,
        };
        if (!result.IsOk && !(request.ExpectNack && result.Status == I2cTransferStatus.AddressNack))
        {
            response.Diagnosis = (await DiagnoseAsync(context, session, token, bus, address, result)).ToWire();
        }

        return response;
    }

    public override async Task<Wire.ProbeExpanderResponse> ProbeExpander(Wire.ProbeExpanderRequest request, ServerCallContext context)
    {
        var (probe, address, transfers) = await UseExpanderAsync(context, request.Board, request.Lease, request.Address, "expander probe", (e, _) => e.Probe());
        return new Wire.ProbeExpanderResponse
        {
            Recognised = probe.IsExpander,
            Magic = probe.Magic,
            Address = address.Value,
            Version = probe.Version?.ToString() ?? "",
            BuildId = probe.Version?.BuildId ?? "",
            Transfers = { transfers },
        };
    }

    public override async Task<Wire.ConfigureExpanderResponse> ConfigureExpander(Wire.ConfigureExpanderRequest request, ServerCallContext context)
    {
        if (request.Gpio is not { } gpio)
        {
            throw new RequestException("REQUEST_INVALID", "No GPIO is given. Say which one and how it is to be set up.");
        }

        var index = IndexOf(gpio.Index);
        var configuration = gpio.FromWire();
        var (readBack, _, transfers) = await UseExpanderAsync(context, request.Board, request.Lease, request.Address, "expander config", (e, _) =>
        {
            var done = e.Configure(index, configuration);
            return done.IsOk ? e.Get(index) : new ExpanderOutcome<ExpanderGpio>(default, done.Transfer, done.Step);
        });
        return new Wire.ConfigureExpanderResponse { Gpio = readBack.ToWire(), Transfers = { transfers } };
    }

    public override async Task<Wire.SetExpanderResponse> SetExpander(Wire.SetExpanderRequest request, ServerCallContext context)
    {
        var index = IndexOf(request.Index);
        var (_, _, transfers) = await UseExpanderAsync(
            context, request.Board, request.Lease, request.Address, "expander set", (e, _) => e.Set(index, request.Value));
        return new Wire.SetExpanderResponse { Transfers = { transfers } };
    }

    public override async Task<Wire.GetExpanderResponse> GetExpander(Wire.GetExpanderRequest request, ServerCallContext context)
    {
        var indices = request.Indices.Count == 0 ? [.. Enumerable.Range(0, ExpanderProtocol.GpioCount)] : request.Indices.Select(IndexOf).ToList();
        var (gpios, _, transfers) = await UseExpanderAsync(context, request.Board, request.Lease, request.Address, "expander get", (e, stop) => GetAll(e, indices, stop));
        var response = new Wire.GetExpanderResponse { Transfers = { transfers } };
        response.Gpios.Add(gpios.Select(g => g.ToWire()));
        return response;
    }

    public override async Task<Wire.ReadExpanderRegistersResponse> ReadExpanderRegisters(
        Wire.ReadExpanderRegistersRequest request, ServerCallContext context)
    {
        var first = BusMapping.ByteFromWire(request.Register, "register");
        var count = (int)Math.Min(request.Count, 1_000);
        var (values, _, transfers) = await UseExpanderAsync(
            context, request.Board, request.Lease, request.Address, "expander registers", (e, stop) => e.ReadRegisters(first, count, stop));
        return new Wire.ReadExpanderRegistersResponse { Values = ByteString.CopyFrom(values), Transfers = { transfers } };
    }

    public override async Task<Wire.WriteExpanderRegisterResponse> WriteExpanderRegister(
        Wire.WriteExpanderRegisterRequest request, ServerCallContext context)
    {
        var register = BusMapping.ByteFromWire(request.Register, "register");
        var value = BusMapping.ByteFromWire(request.Value, "value");
        var (_, _, transfers) = await UseExpanderAsync(
            context, request.Board, request.Lease, request.Address, "expander write", (e, _) => e.WriteRegister(register, value));
        return new Wire.WriteExpanderRegisterResponse { Transfers = { transfers } };
    }

    private static int IndexOf(uint index) => (int)Math.Min(index, int.MaxValue);

    private static ExpanderOutcome<IReadOnlyList<ExpanderGpio>> GetAll(ExpanderProtocol expander, IReadOnlyList<int> indices, CancellationToken stop)
    {
        var all = new List<ExpanderGpio>();
        var last = new ExpanderOutcome<ExpanderGpio>(default, default, "");
        foreach (var index in indices)
        {
            stop.ThrowIfCancellationRequested();
            last = expander.Get(index);
            if (!last.IsOk)
            {
                return new ExpanderOutcome<IReadOnlyList<ExpanderGpio>>(null, last.Transfer, last.Step);
            }

            all.Add(last.Value);
        }

        return new ExpanderOutcome<IReadOnlyList<ExpanderGpio>>(all, last.Transfer, last.Step);
    }

    private static string Describe(BoardI2cBus bus, I2cAddress address, ExpanderProbe? probe)
    {
        if (address == bus.Description.ExpanderAddress)
        {
            return probe is { IsExpander: true } ? $"expander {probe.Version?.ToString() ?? "without version"} (0xBEEF)" : "declared as expander, but answers otherwise";
        }

        return bus.Description.Devices.FirstOrDefault(d => d.Address == address) is { } declared ? $"{declared.Kind} (declared)" : "";
    }

    private async Task<(T Value, I2cAddress Address, IReadOnlyCollection<Wire.BusTransfer> Transfers)> UseExpanderAsync<T>(
        ServerCallContext context, string board, string lease, uint asked, string what, Func<ExpanderProtocol, CancellationToken, ExpanderOutcome<T>> verb)
    {
        var (session, token) = gate.Enter(context, board, lease);
        var bus = session.GetExpanderBus();
        var address = asked != 0
            ? BusMapping.AddressFromWire(asked)
            : bus.Description.ExpanderAddress ?? throw new RequestException(
                "EXPANDER_NOT_DECLARED", $"Board {session.Name} declares no expander, and the request gives no address. Give one, or declare it in the board's file.");
        bus.CheckAddress(address);
        var transfers = new BusTransferLog();
        var outcome = await bus.RunAsync(
            token,
            what,
            (b, stop) => verb(new ExpanderProtocol(transfers.Over(b), address, session.Options.I2cTransferLimit), stop),
            Limit,
            context.CancellationToken);
        return outcome.IsOk
            ? (outcome.Value, address, transfers.Last)
            : throw (await DiagnosedAsync(context, session, token, bus, address, outcome.Transfer)).With("transfers", transfers.ToString());
    }

    private async Task<DiagnosedException> DiagnosedAsync(
        ServerCallContext context, BoardSession session, LeaseToken token, BoardI2cBus bus, I2cAddress address, I2cTransferResult transfer) =>
        new(await DiagnoseAsync(context, session, token, bus, address, transfer));

    private async Task<Diagnosis> DiagnoseAsync(
        ServerCallContext context, BoardSession session, LeaseToken token, BoardI2cBus bus, I2cAddress address, I2cTransferResult transfer)
    {
        var diagnosis = await evidence.DiagnoseAsync(session, token, bus, address, transfer, context.CancellationToken);
        observations.Record(Caller.Of(context), diagnosis.ToWire());
        return diagnosis;
    }
}
