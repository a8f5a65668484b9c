using System.Globalization;
using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Runs WHILE loops.</summary>
/// <param name="context">State of the suite.</param>
/// <param name="bodies">Runs the rounds.</param>
internal sealed class WhileRunner(SuiteContext context, BodyRunner bodies)
{
    private const int DefaultLimit = 10_000;

    public Flow Run(WhileLoop loop, bool run, bool templated)
    {
        var result = new WhileResult
        {
            Condition = loop.Condition,
            Limit = loop.Limit,
            OnLimit = loop.OnLimit,
            OnLimitMessage = loop.OnLimitMessage,
        };
        KeywordFailedException? problem = null;
        var runs = false;
        if (run && loop.Error is not null)
        {
            problem = new SyntaxFailureException(loop.Error);
        }
        else if (run && !context.DryRun)
        {
            runs = Try(() => ShouldRun(loop), ref problem);
        }

        return context.RunStep(result, runs, _ =>
        {
            Limit? limit = null;
            if (runs)
            {
                limit = Try(() => ReadLimit(loop), ref problem);
            }

            if (limit is null)
            {
                RunRound(loop, templated, run: false);
                return problem is null ? Flow.Next : throw problem;
            }

            return RunRounds(loop, limit, templated);
        });
    }

    private static T? Try<T>(Func<T> action, ref KeywordFailedException? problem)
    {
        try
        {
            return action();
        }
        catch (KeywordFailedException error)
        {
            problem = error;
            return default;
        }
    }

    private Flow RunRounds(WhileLoop loop, Limit limit, bool templated)
    {
        var failures = new List<Failure>();
        do
        {
            if (limit.IsExceeded(context.Clock))
            {
                if (limit.Passes)
                {
                    context.Log(limit.Message);
                }
                else
                {
                    failures.Add(new Failure(limit.Message));
                }

                break;
            }

            var flow = RunRound(loop, templated, run: true);
            if (flow.Kind is FlowKind.Break or FlowKind.Continue)
            {
                failures.AddRange(flow.Failure?.Parts ?? []);
                if (flow.Kind == FlowKind.Break)
                {
                    break;
                }
            }
            else if (flow.Leaves)
            {
                return flow.After(failures);
            }
            else if (flow.IsFailed)
            {
                failures.AddRange(flow.Failure!.Parts);
                if (!context.CanContinue(flow.Failure, templated))
                {
                    break;
                }
            }
        }
        while (ShouldRun(loop));

        return failures.Count == 0 ? Flow.Next : Flow.Fail(Failure.Combine(failures));
    }

    private Flow RunRound(WhileLoop loop, bool templated, bool run)
    {
        var iteration = new IterationResult();
        return context.RunStep(iteration, run, _ => bodies.Run(loop.Body, run, templated));
    }

    private bool ShouldRun(WhileLoop loop) =>
        string.IsNullOrEmpty(loop.Condition) || bodies.IsTrue(loop.Condition, "Invalid WHILE loop condition: ");

    // The quote before the message of one option is how the original says it.
    private string? Replace(string? written, string what)
    {
        if (string.IsNullOrEmpty(written))
        {
            return null;
        }

        try
        {
            return context.Variables.ReplaceString(written);
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Invalid WHILE loop {what}: {(what == "'on_limit_message'" ? "'" : "")}{error.Message}");
        }
    }

    private Limit ReadLimit(WhileLoop loop)
    {
        var text = Replace(loop.Limit, "limit");
        var onLimit = Replace(loop.OnLimit, "'on_limit'");
        if (onLimit is not null && onLimit.ToUpperInvariant() is not ("PASS" or "FAIL"))
        {
            throw new VariableSyntaxException($"Invalid WHILE loop 'on_limit': Value '{onLimit}' is not accepted. Valid values are 'PASS' and 'FAIL'.");
        }

        var passes = onLimit?.ToUpperInvariant() == "PASS";
        var message = Replace(loop.OnLimitMessage, "'on_limit_message'");
        if (string.IsNullOrEmpty(text))
        {
            return new Limit(DefaultLimit, null, passes, message, context.Clock.Monotonic);
        }

        if (text.Equals("NONE", StringComparison.OrdinalIgnoreCase))
        {
            return new Limit(null, null, passes, message, context.Clock.Monotonic);
        }

        var count = NormalizedNames.Normalize(text);
        count = count.EndsWith("times", StringComparison.Ordinal) ? count[..^5] : count.EndsWith('x') ? count[..^1] : count;
        if (PyNumberParser.TryInteger(count, 10, out var number))
        {
            return number is > 0L
                ? new Limit((long)number, null, passes, message, context.Clock.Monotonic)
                : throw new VariableSyntaxException(
                    $"Invalid WHILE loop limit: Iteration count must be a positive integer, got '{PyText.Str(number)}'.");
        }

        return TimeStrings.TryParse(text, out var seconds)
            ? new Limit(null, seconds, passes, message, context.Clock.Monotonic)
            : throw new VariableSyntaxException($"Invalid WHILE loop limit: Invalid time string '{text}'.");
    }

    private sealed class Limit(long? count, double? seconds, bool passes, string? message, TimeSpan start)
    {
        private long _rounds;

        public bool Passes { get; } = passes;

        public string Message => message
            ?? $"WHILE loop was aborted because it did not finish within the limit of {Shown}. Use the 'limit' argument to increase or remove the limit "
            + "if needed.";

        private string Shown => seconds is { } time ? TimeStrings.Format(time) : string.Create(CultureInfo.InvariantCulture, $"{count} iterations");

        public bool IsExceeded(IRobotClock clock) =>
            (count is { } most && _rounds++ >= most) || (seconds is { } time && (clock.Monotonic - start).TotalSeconds > time);
    }
}
