using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Cli.Sessions;

/// <summary>Follows a run that the agent records. Cancelling here cancels the run and waits, bounded, for its end.</summary>
internal sealed class SuiteRun(CommandContext context, TextWriter console, TextWriter errors)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(45);

    private string? _name;

    /// <summary>Starts the run and returns it when it has ended.</summary>
    public async Task<Run> FollowAsync(StartRunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var call = context.Client.Runs.StartRun(request, cancellationToken: cancellationToken);
            await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                if (Take(answer.Event) is { } ended)
                {
                    return ended;
                }
            }
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is RpcException or OperationCanceledException)
        {
            await StopAsync();
            throw new OperationCanceledException(cancellationToken);
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "the agent ended the run's events before the run"));
    }

    private Run? Take(RunEvent happened)
    {
        switch (happened.EventCase)
        {
            case RunEvent.EventOneofCase.Started:
                _name = happened.Started.Name;
                break;
            case RunEvent.EventOneofCase.Console:
                console.Write(happened.Console);
                console.Flush();
                break;
            case RunEvent.EventOneofCase.ErrorOutput:
                errors.Write(happened.ErrorOutput);
                errors.Flush();
                break;
            case RunEvent.EventOneofCase.Ended:
                return happened.Ended;
        }

        // The console is text and stays on the other stream; the run as it ended is the command's own result.
        if (context.Output.IsJson && happened.EventCase is not (RunEvent.EventOneofCase.Console or RunEvent.EventOneofCase.ErrorOutput))
        {
            context.Output.Result(happened, _ => { });
        }

        return null;
    }

    private async Task StopAsync()
    {
        if (_name is null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await context.Client.Runs.CancelRunAsync(new CancelRunRequest { Name = _name }, cancellationToken: limit.Token);
            context.Output.Note($"{_name} stopped; what it recorded: farmctl runs artifacts {_name}");
        }
        catch (RpcException e)
        {
            context.Output.Note($"The agent did not confirm the stop of {_name}: {FarmError.From(e)}");
        }
    }
}
