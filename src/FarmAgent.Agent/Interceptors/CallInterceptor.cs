using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using FarmAgent.Agent.Audits;
using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Metrics;
using FarmAgent.Agent.Runs;
using FarmAgent.Agent.Security;
using FarmAgent.Hardware;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FarmAgent.Agent.Interceptors;

/// <summary>Stands before every call: finds out who asks, whether he may, and makes every fault an answer with a reason.</summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The one place where faults nobody foresaw become answers.")]
internal sealed class CallInterceptor(
    CallerResolver callers,
    OpenCalls calls,
    RunObservations observations,
    AgentFacts facts,
    CallPace pace,
    CallLimits limits,
    AuditLog audit,
    TimeProvider time,
    AgentMetrics metrics,
    ILogger<CallInterceptor> log) : Interceptor
{
    /// <summary>Calls that begin something which outlasts them.</summary>
    private static readonly FrozenSet<string> Beginnings =
        new[] { "AcquireLease", "StartRun", "Flash", "Erase", "AttachStLink", "AttachGdb", "AttachUsbDevice", "CheckBoard" }.ToFrozenSet(StringComparer.Ordinal);

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        ServeAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        ServeAsync(context, () => continuation(new CheckedReader<TRequest>(requestStream), context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        ServeAsync(context, () => WithoutResult(continuation(request, Bounded(responseStream, context), context)));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        ServeAsync(context, () => WithoutResult(continuation(new CheckedReader<TRequest>(requestStream), Bounded(responseStream, context), context)));

    private BoundedWriter<T> Bounded<T>(IServerStreamWriter<T> stream, ServerCallContext context) => new(
        stream, limits.SlowClient, time, AuditKinds.Of(context.Method) == "io" ? () => Count(context, Caller.Of(context), "OK") : null, context.CancellationToken);

    private void Count(ServerCallContext context, Caller caller, string outcome) => audit.Count(
        "io", caller.Identity, AuditKinds.NameOf(context.Method), CallScope.Of(context).Board, outcome: "", failed: outcome is not ("OK" or "CANCELLED"));

    private void KeepNow(AuditEntry entry)
    {
        try
        {
            audit.AddDurable(entry);
        }
        catch (AgentException e)
        {
            throw FaultTranslator.ToRpc(e);
        }
    }

    private void WriteDown(ServerCallContext context, Caller? caller, string outcome, bool isRefused)
    {
        var kind = AuditKinds.Of(context.Method);
        var scope = CallScope.Of(context);
        if (isRefused)
        {
            // Nobody's name is known where the credential itself was refused; the address is all there is.
            var who = caller?.Identity ?? "from " + (context.GetHttpContext().Connection.RemoteIpAddress?.ToString() ?? "the local socket");
            audit.Count("refused", who, AuditKinds.NameOf(context.Method), scope.Board, outcome, failed: true);
        }
        else if (caller is not null && kind == "admin")
        {
            KeepNow(new AuditEntry
            {
                Kind = kind,
                Who = caller.Identity,
                What = AuditKinds.NameOf(context.Method),
                Board = scope.Board,
                Target = scope.Target,
                Outcome = outcome,
            });
        }
        else if (caller is not null && kind == "io")
        {
            Count(context, caller, outcome);
        }
    }

    private static async Task<bool> WithoutResult(Task task)
    {
        await task;
        return true;
    }

    private async Task<T> ServeAsync<T>(ServerCallContext context, Func<Task<T>> serve)
    {
        Caller? caller = null;
        var (outcome, isRefused) = ("AGENT_BUG", false);
        var started = time.GetTimestamp();
        try
        {
            if (facts.IsStopping)
            {
                throw new AgentException("AGENT_STOPPING", "The agent stops and begins nothing new. Ask again when it is back.");
            }

            caller = callers.Resolve(context);
            if (facts.IsDraining && caller.Role != CallerRole.Runner && Beginnings.Contains(context.Method[(context.Method.LastIndexOf('/') + 1)..]))
            {
                throw new AgentException("AGENT_STOPPING", "The agent waits for what is at work and then stops, so nothing new is begun. Ask again when it is back.");
            }

            AccessTable.Check(caller, context.Method);
            pace.Take(caller);
            caller.AttachTo(context);
            using var open = calls.Enter(context.GetHttpContext(), caller);
            var result = await serve();
            outcome = "OK";
            return result;
        }
        catch (RpcException e)
        {
            outcome = e.StatusCode.ToString();
            throw;
        }
        catch (FarmException e)
        {
            if (caller is not null)
            {
                observations.Record(caller, e);
            }

            outcome = e.Reason;
            isRefused = e is AuthorizationException;
            InterceptorLog.CallRefused(log, context.Method, e.Reason, e.Message);
            throw FaultTranslator.ToRpc(e);
        }
        catch (OperationCanceledException e) when (context.CancellationToken.IsCancellationRequested)
        {
            outcome = "CANCELLED";
            throw FaultTranslator.ToRpc(e, context, time);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException && context.CancellationToken.IsCancellationRequested)
        {
            // The client went away while it was written to.
            outcome = "CANCELLED";
            throw FaultTranslator.ToRpc(new OperationCanceledException(), context, time);
        }
        catch (Exception e)
        {
            var reference = Guid.NewGuid().ToString("N")[..12];
            InterceptorLog.CallFailed(log, e, context.Method, reference);
            throw FaultTranslator.ToRpc(e, reference);
        }
        finally
        {
            metrics.CallEnded(context.Method, outcome, time.GetElapsedTime(started));
            WriteDown(context, caller, outcome, isRefused);
        }
    }
}
