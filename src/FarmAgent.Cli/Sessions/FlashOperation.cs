using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using Grpc.Core;

namespace FarmAgent.Cli.Sessions;

/// <summary>
/// Follows a flash or erase that the agent owns. Cancelling here asks the agent to stop at a page boundary and waits, bounded, for it to say
/// what is undefined then.
/// </summary>
internal sealed class FlashOperation(CommandContext context, string requestId)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(45);

    private readonly FlashProgressLines _progress = FlashProgressLines.ForConsole();

    public FlashPlan? Plan { get; private set; }

    public FlashReceipt? Receipt { get; private set; }

    public EraseResult? Erased { get; private set; }

    public VerifyResult? Verified { get; private set; }

    public OptionBytes? OptionBytes { get; private set; }

    /// <summary>The receipt of a flash that has ended.</summary>
    /// <exception cref="CommandFailedException">There is none (<c>NO_RECEIPT</c>).</exception>
    public FlashReceipt RequireReceipt() => Receipt ?? throw new CommandFailedException(
        "NO_RECEIPT", "The agent ended the flash without a receipt, so nothing is proven. Look at its log, then flash again.", ExitCodes.BenchError);

    /// <summary>Flashes and returns when there is a receipt (or, for a dry run, a plan).</summary>
    public async Task FlashAsync(FlashRequest request, CancellationToken cancellationToken)
    {
        await FollowAsync(async () =>
        {
            using var call = context.Client.Flash.Flash(request, cancellationToken: cancellationToken);
            await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                Take(answer.Event);
            }
        }, cancellationToken);
    }

    /// <summary>Erases and returns when it is done.</summary>
    public async Task EraseAsync(EraseRequest request, CancellationToken cancellationToken)
    {
        await FollowAsync(async () =>
        {
            using var call = context.Client.Flash.Erase(request, cancellationToken: cancellationToken);
            await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                Take(answer.Event);
            }
        }, cancellationToken);
    }

    /// <summary>Compares and returns when the flash is known to hold the image.</summary>
    public async Task VerifyAsync(VerifyRequest request, CancellationToken cancellationToken)
    {
        await FollowAsync(async () =>
        {
            using var call = context.Client.Flash.Verify(request, cancellationToken: cancellationToken);
            await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                Take(answer.Event);
            }
        }, cancellationToken);
    }

    /// <summary>Changes option bytes and returns when they are in force.</summary>
    public async Task SetOptionBytesAsync(SetOptionBytesRequest request, CancellationToken cancellationToken)
    {
        await FollowAsync(async () =>
        {
            using var call = context.Client.Flash.SetOptionBytes(request, cancellationToken: cancellationToken);
            await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                Take(answer.Event);
            }
        }, cancellationToken);
    }

    private async Task FollowAsync(Func<Task> follow, CancellationToken cancellationToken)
    {
        try
        {
            await follow();
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is RpcException or OperationCanceledException)
        {
            _progress.Close();
            await StopAsync();
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            _progress.Close();
        }
    }

    private async Task StopAsync()
    {
        context.Output.Note("Stopping at the next page boundary …");
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            var stopped = (await context.Client.Flash.CancelOperationAsync(
                new CancelOperationRequest { RequestId = requestId }, cancellationToken: limit.Token)).Operation;
            context.Output.Note(stopped.Undefined.Count > 0
                ? $"Stopped. The chip is undefined in {FlashText.Ranges(stopped.Undefined)} until it is flashed again; the board says so to everybody."
                : stopped.State == OperationState.Succeeded ? "It had ended already; its receipt holds." : "Stopped. Nothing had been written.");
        }
        catch (RpcException e)
        {
            context.Output.Note($"The agent did not confirm the stop: {FarmError.From(e)}. Look with: farmctl operation show --request-id {requestId}");
        }
    }

    private void Take(OperationEvent happened)
    {
        switch (happened.EventCase)
        {
            case OperationEvent.EventOneofCase.Connected:
                context.Output.Note(happened.Connected);
                break;
            case OperationEvent.EventOneofCase.Warning:
                _progress.Close();
                context.Output.Note("warning: " + happened.Warning);
                break;
            case OperationEvent.EventOneofCase.Plan:
                Plan = happened.Plan;
                _progress.Close();
                context.Output.Note(FlashText.Plan(happened.Plan));
                break;
            case OperationEvent.EventOneofCase.Progress:
                _progress.Show(happened.Progress);
                break;
            case OperationEvent.EventOneofCase.Receipt:
                Receipt = happened.Receipt;
                break;
            case OperationEvent.EventOneofCase.Verified:
                Verified = happened.Verified;
                break;
            case OperationEvent.EventOneofCase.OptionBytes:
                OptionBytes = happened.OptionBytes;
                break;
            case OperationEvent.EventOneofCase.Erased:
                Erased = happened.Erased;
                break;
        }
    }
}
