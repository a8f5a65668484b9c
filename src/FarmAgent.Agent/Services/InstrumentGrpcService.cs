using FarmAgent.Agent.Runs;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Mapping;
using FarmAgent.Boards.Diagnosing;
using FarmAgent.Boards.Instruments;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Instruments of the bench. One that does not answer is the bench's fault, whatever firmware is on the chip under test.</summary>
internal sealed class InstrumentGrpcService(LeaseGate gate, EvidenceCollector evidence, RunObservations observations) : Wire.InstrumentService.InstrumentServiceBase
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public override Task<Wire.ListInstrumentsResponse> ListInstruments(Wire.ListInstrumentsRequest request, ServerCallContext context)
    {
        var response = new Wire.ListInstrumentsResponse();
        response.Instruments.Add(Declared(gate.Look(context, request.Board)).Select(i => ToWire(i.Bus, i.Device)));
        return Task.FromResult(response);
    }

    public override async Task<Wire.ReadInstrumentResponse> ReadInstrument(Wire.ReadInstrumentRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var (bus, device) = Find(session, request.Instrument);
        var outcome = await bus.RunAsync(
            token, $"instrument {device.Name}", (b, _) => InstrumentCatalog.Read(b, device, session.Options.I2cTransferLimit), Limit, context.CancellationToken);
        if (outcome.Failure is { } failure)
        {
            var diagnosis = await evidence.DiagnoseAsync(session, token, bus, device.Address, failure, context.CancellationToken);
            observations.Record(Caller.Of(context), diagnosis.ToWire());
            throw new DiagnosedException(diagnosis);
        }

        var response = new Wire.ReadInstrumentResponse { Instrument = ToWire(bus, device) };
        response.Readings.Add(outcome.Readings.Select(r => new Wire.Reading { Quantity = r.Quantity, Value = r.Value, Unit = r.Unit }));
        return response;
    }

    private static IEnumerable<(BoardI2cBus Bus, I2cDeviceDescription Device)> Declared(BoardSession session) =>
        session.I2cBuses.SelectMany(bus => bus.Description.Devices.Where(d => d.IsInstrument).Select(device => (bus, device)));

    private static (BoardI2cBus Bus, I2cDeviceDescription Device) Find(BoardSession session, string name)
    {
        var declared = Declared(session).ToList();
        var found = name.Length == 0 ? declared : [.. declared.Where(i => i.Device.Name == name)];
        return found.Count == 1
            ? found[0]
            : throw new RequestException(
                "INSTRUMENT_UNKNOWN",
                declared.Count == 0
                    ? $"Board {session.Name} declares no instrument. Add it below 'devices' of its adapter in the board's file, with 'kind' and 'address'."
                    : $"{(name.Length == 0 ? "No instrument is named" : $"There are {found.Count} instruments called '{name}'")}; {session.Name} has {string.Join(", ", declared.Select(i => i.Device.Name))}.")
                .With("board", session.Name);
    }

    private static Wire.Instrument ToWire(BoardI2cBus bus, I2cDeviceDescription device) =>
        new() { Name = device.Name, Kind = device.Kind, Adapter = bus.Description.Name, Address = device.Address.Value };
}
