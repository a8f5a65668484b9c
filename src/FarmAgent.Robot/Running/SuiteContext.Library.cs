using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>What library keywords see of the run.</summary>
internal sealed partial class SuiteContext : IKeywordContext
{
    private ActiveTimeout? _running;
    private CancellationToken _token;

    /// <inheritdoc/>
    public CancellationToken Cancellation => _running is null ? Stopping : _token;

    private CancellationToken Stopping => Services.Stop.TokenFor(InTeardown);

    /// <inheritdoc/>
    public IRobotClock Clock => Services.Clock;

    /// <inheritdoc/>
    public string OutputDirectory => Services.Settings.OutputDirectory;

    /// <inheritdoc/>
    public bool Rpa => Services.Rpa;

    /// <inheritdoc/>
    public void Log(string text, MessageLevel level = MessageLevel.Info, bool html = false) => Output.Log(text, level, html);

    /// <inheritdoc/>
    public void WriteConsole(string text, ConsoleStream stream = ConsoleStream.Stdout) => Output.WriteConsole(text, stream);

    /// <inheritdoc/>
    public void Sleep(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        var left = _running is null ? duration : TimeSpan.FromSeconds(Math.Max(_running.SecondsLeft, 0));
        if (left < duration)
        {
            if (left > TimeSpan.Zero)
            {
                Clock.Sleep(left, Stopping);
            }

            throw _running!.Exceeded();
        }

        Clock.Sleep(duration, Stopping);
    }

    /// <inheritdoc/>
    public object? GetVariable(string name, object? fallback = null)
    {
        try
        {
            return Variables.ReplaceScalar(name);
        }
        catch (VariableSyntaxException)
        {
            return fallback;
        }
    }

    /// <inheritdoc/>
    public void AddTags(params IReadOnlyList<string> tags)
    {
        if (Test is not null)
        {
            SetTestTags(new TagSet(Test.Tags), tags);
            return;
        }

        foreach (var test in Suite.AllTests)
        {
            var all = new TagSet(test.Tags);
            all.Add(tags);
            test.Tags = all.Sorted;
        }

        PendingTagChanges.Add((tags, false));
    }

    /// <summary>What a suite setup does to the tags of the tests below, in order: tags to add, or patterns to remove.</summary>
    public List<(IReadOnlyList<string> Tags, bool Remove)> PendingTagChanges { get; } = [];

    /// <summary>Does to the tags of a test what setups of this suite and those above ask for.</summary>
    public void ApplyPendingTags(TagSet tags)
    {
        Parent?.ApplyPendingTags(tags);
        foreach (var (changed, remove) in PendingTagChanges)
        {
            if (remove)
            {
                tags.Remove(changed);
            }
            else
            {
                tags.Add(changed);
            }
        }
    }

    /// <summary>Replaces the tags of the running test.</summary>
    public void SetTestTags(TagSet tags, IEnumerable<string>? more = null)
    {
        tags.Add(more ?? []);
        Test!.Tags = tags.Sorted;
        Variables.SetTest("@{TEST_TAGS}", new Values.PyList(tags.Sorted));
    }

    /// <summary>Runs the code of a library keyword under the timeout that ends first.</summary>
    public object? UnderTimeout(Func<object?> code)
    {
        var timeout = Timeouts.MinBy(candidate => candidate.SecondsLeft);
        if (timeout is null)
        {
            return Guarded(code, null);
        }

        Output.Log(timeout.StateMessage, MessageLevel.Debug);
        if (timeout.Error is { } error)
        {
            throw new VariableSyntaxException(error);
        }

        if (timeout.IsOver)
        {
            throw timeout.Exceeded();
        }

        using var source = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        if (Clock is SystemRobotClock)
        {
            source.CancelAfter(TimeSpan.FromSeconds(Math.Min(timeout.SecondsLeft, int.MaxValue / 1000)));
        }

        var (outer, outerToken) = (_running, _token);
        (_running, _token) = (timeout, source.Token);
        try
        {
            var value = Guarded(code, timeout);
            return timeout.IsOver ? throw timeout.Exceeded() : value;
        }
        finally
        {
            (_running, _token) = (outer, outerToken);
        }
    }

    // Keywords that end at once never look at a token, so what goes round and round or deeper and deeper is held here.
    private void ThrowIfOver(StepResult step)
    {
        if (Services.Stop.Forbids(InTeardown))
        {
            throw Terminated();
        }

        if (step is IterationResult && !DryRun)
        {
            var over = Timeouts.Find(timeout => timeout.Error is null && timeout.IsOver);
            if (over is not null)
            {
                throw over.Exceeded();
            }
        }
    }

    private static KeywordFailedException Terminated() => new("Execution terminated by signal") { Kind = FailureKind.Fatal };

    private object? Guarded(Func<object?> code, ActiveTimeout? timeout)
    {
        try
        {
            return code();
        }
        catch (OperationCanceledException) when (timeout is not null && (timeout.IsOver || !Services.Stop.Forbids(InTeardown)))
        {
            // A timer may fire a little before the clock says so; nobody else has asked for an end.
            throw timeout.Exceeded();
        }
        catch (OperationCanceledException)
        {
            // Notes that the run did not come to its own end.
            Services.Stop.Forbids(InTeardown);
            throw Terminated();
        }
        catch (Exception error) when (error is not KeywordFailedException && LibraryErrors.Describe(error) is not null)
        {
            throw LibraryErrors.Describe(error)!;
        }
    }
}
