using System.Diagnostics.CodeAnalysis;
using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Runs;
using FarmAgent.Agent.Security;
using FarmAgent.Hardware;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FarmAgent.Agent.Interceptors;

/// <summary>Stands before every call: finds out who asks, whether he may, and makes every fault an answer with a reason.</summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The one place where faults nobody foresaw become answers.")]
internal sealed class CallInterceptor(CallerResolver callers, RunObservations observations, AgentFacts facts, TimeProvider time, ILogger<CallInterceptor> log) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        ServeAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        ServeAsync(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        ServeAsync(context, () => WithoutResult(continuation(request, responseStream, context)));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        ServeAsync(context, () => WithoutResult(continuation(requestStream, responseStream, context)));

    private static async Task<bool> WithoutResult(Task task)
    {
        await task;
        return true;
    }

    private async Task<T> ServeAsync<T>(ServerCallContext context, Func<Task<T>> serve)
    {
        Caller? caller = null;
        try
        {
            if (facts.IsStopping)
            {
                throw new AgentException("AGENT_STOPPING", "The agent stops and begins nothing new. Ask again when it is back.");
            }

            caller = callers.Resolve(context);
            AccessTable.Check(caller, context.Method);
            caller.AttachTo(context);
            return await serve();
        }
        catch (RpcException)
        {
            throw;
        }
        catch (FarmException e)
        {
            if (caller is not null)
            {
                observations.Record(caller, e);
            }

            InterceptorLog.CallRefused(log, context.Method, e.Reason, e.Message);
            throw FaultTranslator.ToRpc(e);
        }
        catch (OperationCanceledException e) when (context.CancellationToken.IsCancellationRequested)
        {
            throw FaultTranslator.ToRpc(e, context, time);
        }
        catch (IOException) when (context.CancellationToken.IsCancellationRequested)
        {
            // The client went away while it was written to.
            throw FaultTranslator.ToRpc(new OperationCanceledException(), context, time);
        }
        catch (Exception e)
        {
            var reference = Guid.NewGuid().ToString("N")[..12];
            InterceptorLog.CallFailed(log, e, context.Method, reference);
            throw FaultTranslator.ToRpc(e, reference);
        }
    }
}
