using FarmAgent.Agent.Mapping;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Host lines.</summary>
internal sealed class GpioGrpcService(LeaseGate gate) : Wire.GpioService.GpioServiceBase
{
    public override Task<Wire.ListLinesResponse> ListLines(Wire.ListLinesRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var response = new Wire.ListLinesResponse();
        response.Lines.Add(session.GpioLines.Select(l => l.Read(token).ToWire()));
        return Task.FromResult(response);
    }

    public override Task<Wire.ConfigureLineResponse> ConfigureLine(Wire.ConfigureLineRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var line = LineOf(session, request.Line);
        var state = request.Direction switch
        {
            Wire.LineDirection.Output => line.ConfigureOutput(token, request.InitialHigh),
            Wire.LineDirection.Input => line.ConfigureInput(token, request.Bias.FromWire()),
            _ => throw new RequestException("REQUEST_INVALID", $"No direction is given for line {request.Line}. Choose input or output."),
        };
        return Task.FromResult(new Wire.ConfigureLineResponse { Line = state.ToWire() });
    }

    public override Task<Wire.GetLineResponse> GetLine(Wire.GetLineRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        return Task.FromResult(new Wire.GetLineResponse { Line = LineOf(session, request.Line).Read(token).ToWire() });
    }

    public override Task<Wire.SetLineResponse> SetLine(Wire.SetLineRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        return Task.FromResult(new Wire.SetLineResponse { Line = LineOf(session, request.Line).Write(token, request.High).ToWire() });
    }

    private static BoardGpioLine LineOf(BoardSession session, string line) => line.Length == 0
        ? throw new RequestException("REQUEST_INVALID", "The request names no line. Name one, for example PG11 or its number 203.")
        : session.GetGpioLine(line);
}
