using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Host lines.</summary>
internal sealed class GpioGrpcService(LeaseGate gate, Benches benches, TimeProvider time) : Wire.GpioService.GpioServiceBase
{
    private static readonly TimeSpan LongestPulse = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestDebounce = TimeSpan.FromMinutes(1);

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

    public override async Task<Wire.PulseLineResponse> PulseLine(Wire.PulseLineRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var line = LineOf(session, request.Line);
        var duration = Within(request.Duration, LongestPulse, "pulse");
        var clock = session.Backend.Waiter;
        return await Task.Run(
            () =>
            {
                line.Write(token, request.High);
                var started = clock.Elapsed;
                try
                {
                    clock.Wait(duration, context.CancellationToken);
                }
                finally
                {
                    // A caller that goes away leaves no line at the level of an unfinished pulse.
                    line.Write(token, !request.High);
                }

                var measured = clock.Elapsed - started;
                return new Wire.PulseLineResponse { Line = line.Read(token).ToWire(), Measured = measured.ToDuration() };
            },
            CancellationToken.None);
    }

    public override async Task WatchLine(Wire.WatchLineRequest request, IServerStreamWriter<Wire.WatchLineResponse> responseStream, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var line = LineOf(session, request.Line);
        var edges = request.Edge switch
        {
            Wire.LineEdge.Rising => GpioEdges.Rising,
            Wire.LineEdge.Falling => GpioEdges.Falling,
            _ => GpioEdges.Both,
        };
        var debounce = Within(request.Debounce, LongestDebounce, "debounce time");
        using var realtime = benches.RunRealtime(session.Name);
        await using var watch = new LineWatch(line, token, edges, debounce);
        var clock = session.Backend.Waiter;
        var start = line.Read(token);
        await responseStream.WriteAsync(
            new Wire.WatchLineResponse { Line = start.Name, High = start.High, Time = time.GetUtcNow().ToTimestamp(), BenchTime = clock.Elapsed.ToDuration() },
            context.CancellationToken);
        await foreach (var edge in watch.ReadAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(
                new Wire.WatchLineResponse
                {
                    Line = start.Name,
                    Edge = edge.Rising ? Wire.LineEdge.Rising : Wire.LineEdge.Falling,
                    High = edge.Rising,
                    Sequence = edge.Sequence,
                    Time = (time.GetUtcNow() - (clock.Elapsed - edge.Time)).ToTimestamp(),
                    BenchTime = edge.Time.ToDuration(),
                },
                context.CancellationToken);
        }
    }

    private static TimeSpan Within(Duration? asked, TimeSpan longest, string what)
    {
        var duration = asked?.ToTimeSpan() ?? TimeSpan.Zero;
        return duration >= TimeSpan.Zero && duration <= longest
            ? duration
            : throw new RequestException("REQUEST_INVALID", $"A {what} of {duration} was asked for; it can be 0 to {longest.TotalSeconds:F0} s. Ask for one within that.");
    }

    private static BoardGpioLine LineOf(BoardSession session, string line) => line.Length == 0
        ? throw new RequestException("REQUEST_INVALID", "The request names no line. Name one, for example PG11 or its number 203.")
        : session.GetGpioLine(line);
}
