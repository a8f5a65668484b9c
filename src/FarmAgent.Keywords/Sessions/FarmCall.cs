using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using Grpc.Core;

namespace FarmAgent.Keywords.Sessions;

/// <summary>
/// Turns what the agent answers into what a test sees: a failed keyword for the firmware's fault, <c>[bench] REASON:</c> and the tag
/// <c>farm:bench-error</c> for the bench's.
/// </summary>
internal static class FarmCall
{
    private const string BenchTag = "farm:bench-error";

    /// <summary>Makes a call; its failure becomes the keyword's.</summary>
    /// <param name="context">The keyword.</param>
    /// <param name="call">The call.</param>
    /// <param name="failed">Told how it failed, before the keyword does.</param>
    public static T Run<T>(IKeywordContext context, Func<CancellationToken, T> call, Action<FarmError>? failed = null)
    {
        try
        {
            return call(context.Cancellation);
        }
        catch (RpcException e) when (context.Cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The keyword was stopped while it waited for the agent.", e, context.Cancellation);
        }
        catch (RpcException e)
        {
            var error = FarmError.From(e);
            failed?.Invoke(error);
            throw Failure(context, error, e);
        }
    }

    /// <summary>The failure for a transfer that was not acknowledged, by the agent's diagnosis.</summary>
    public static KeywordFailedException Failure(IKeywordContext context, Diagnosis? diagnosis, string fallback)
    {
        if (diagnosis is null)
        {
            return new KeywordFailedException(fallback);
        }

        foreach (var evidence in diagnosis.Evidence)
        {
            context.Log($"{evidence.Subject}: {evidence.Finding}");
        }

        return diagnosis.Verdict == Verdict.Error
            ? Bench(context, diagnosis.Reason, diagnosis.Message, inner: null)
            : new KeywordFailedException($"{diagnosis.Reason}: {diagnosis.Message}");
    }

    private static KeywordFailedException Failure(IKeywordContext context, FarmError error, Exception inner)
    {
        foreach (var (key, value) in error.Metadata.Where(fact => fact.Key.StartsWith("evidence.", StringComparison.Ordinal)))
        {
            context.Log($"{key[(key.LastIndexOf('.') + 1)..]}: {value}");
        }

        var isFirmware = error.Metadata.TryGetValue("verdict", out var verdict)
            ? verdict == "fail"
            : error.ExitCode is ExitCodes.TestFailed or ExitCodes.BadInput;
        return isFirmware
            ? new KeywordFailedException($"{error.Reason}: {error.Message}", inner: inner)
            : Bench(context, error.Reason, error.Message, inner, isFatal: error.ExitCode is ExitCodes.LeaseLost or ExitCodes.AgentUnreachable);
    }

    // Without lease or agent no later test can prove anything either, so the run ends.
    private static KeywordFailedException Bench(IKeywordContext context, string reason, string message, Exception? inner, bool isFatal = false)
    {
        context.AddTags(BenchTag);
        context.Log($"bench error {reason}", MessageLevel.Debug);
        return new KeywordFailedException($"[bench] {reason}: {message}", inner: inner)
        {
            Kind = isFatal ? FailureKind.Fatal : FailureKind.Failure,
        };
    }
}
