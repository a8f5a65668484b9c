using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Keywords;

/// <summary>Runs a keyword again until it succeeds.</summary>
/// <param name="scope">The call.</param>
/// <param name="arguments">Its arguments.</param>
internal sealed class RetryLoop(KeywordScope scope, KeywordArguments arguments)
{
    public Flow Run()
    {
        var retry = PyText.InMessages(arguments["retry"]);
        var deadline = TimeSpan.Zero;
        string limit;
        if (RepeatCounts.TryCount(retry, requireWord: true, out var count))
        {
            limit = count > 0
                ? $"{count} time{(count == 1 ? "" : "s")}"
                : throw PyErrorException.ValueError($"Retry count {count} is not positive.");
        }
        else if (TimeStrings.TryParse(retry, out var seconds))
        {
            count = -1;
            deadline = scope.Clock.Monotonic + TimeSpan.FromSeconds(seconds);
            limit = $"for {TimeStrings.Format(seconds)}";
        }
        else
        {
            throw PyErrorException.ValueError($"Invalid retry value '{retry}'.");
        }

        var (interval, strict) = ReadInterval(PyText.InMessages(arguments["retry_interval"]));
        while (true)
        {
            var start = scope.Clock.Monotonic;
            var flow = BuiltInLibrary.RunCall(scope, arguments);
            var spent = (scope.Clock.Monotonic - start).TotalSeconds;
            if (!flow.IsFailed || IsFinal(flow.Failure!))
            {
                WarnIfSlow(strict, spent, interval);
                return flow;
            }

            var over = count < 0 ? scope.Clock.Monotonic > deadline : --count == 0;
            WarnIfSlow(strict, spent, interval);
            if (over)
            {
                var name = arguments["name"] is string cell ? scope.Suite.Variables.ReplaceScalar(cell) : arguments["name"];
                throw Tracebacks.Attach(
                    new KeywordFailedException(
                        $"Keyword '{PyText.InMessages(name)}' failed after retrying {limit}. The last error was: {flow.Failure!.Message}"),
                    flow.Failure.IsOfData
                        ? Tracebacks.Chain($"robot.errors.DataError: {flow.Failure.Message}", $"robot.errors.ExecutionFailed: {flow.Failure.Message}")
                        : Tracebacks.Chain($"AssertionError: {flow.Failure.Message}", $"robot.errors.HandlerExecutionFailed: {flow.Failure.Message}"));
            }

            SleepUnderTimeout(strict ? interval - spent : interval);
        }
    }

    private static (double Seconds, bool Strict) ReadInterval(string text)
    {
        var strict = NormalizedNames.Normalize(text).StartsWith("strict:", StringComparison.Ordinal);
        var time = strict ? text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(PyWhitespace.All) : text;
        return TimeStrings.TryParse(time, out var seconds)
            ? (seconds, strict)
            : throw PyErrorException.ValueError($"Invalid time string '{time}'.");
    }

    private bool IsFinal(Failure failure)
    {
        if (scope.Suite.InTeardown && scope.Suite.Timeouts.Exists(timeout => timeout is { IsKeyword: true, IsOver: true }))
        {
            failure.KeywordTimeout = true;
        }

        return failure.DontContinue || failure.Skip;
    }

    private void WarnIfSlow(bool strict, double spent, double interval)
    {
        if (strict && spent > interval)
        {
            scope.Log(
                $"Keyword execution time {TimeStrings.Format(spent)} is longer than retry interval {TimeStrings.Format(interval)}.",
                MessageLevel.Warn);
        }
    }

    private void SleepUnderTimeout(double seconds)
    {
        if (seconds > 0)
        {
            scope.Sleep(TimeSpan.FromSeconds(seconds));
        }
    }
}
