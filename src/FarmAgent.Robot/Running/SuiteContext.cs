using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>State of one running suite: where execution is, which timeouts are active, which variables are seen.</summary>
internal sealed partial class SuiteContext(RunServices services, SuiteResult suite, KeywordStore keywords, SuiteImports imports, SuiteContext? parent)
{

    private readonly List<(StepResult Result, UserKeyword? Keyword)> _steps = [];
    private int _nesting;

    public RunServices Services { get; } = services;

    public SuiteResult Suite { get; } = suite;

    public SuiteContext? Parent { get; } = parent;

    public KeywordStore Keywords { get; } = keywords;

    public SuiteImports Imports { get; } = imports;

    /// <summary>Path of the file of the suite; for a folder that of its initialization file.</summary>
    public string SourceFile { get; init; } = "";

    public RunOutput Output => Services.Output;

    public VariableScopes Variables => Services.Variables;

    public bool DryRun => Services.DryRun;

    public TestResult? Test { get; private set; }

    public List<ActiveTimeout> Timeouts { get; private set; } = [];

    /// <summary>User keywords that are running, the innermost last.</summary>
    public List<UserKeyword> UserKeywords { get; } = [];

    public bool InSuiteTeardown { get; private set; }

    public bool InTestTeardown { get; private set; }

    public int KeywordTeardowns { get; private set; }

    /// <summary>Whether a timeout was exceeded in the running test.</summary>
    public bool TimeoutOccurred { get; set; }

    public bool InTeardown => InSuiteTeardown || InTestTeardown || KeywordTeardowns > 0;

    /// <summary>Whether a keyword may end a loop: nothing but control structures and BuiltIn keywords between it and the loop.</summary>
    public bool AllowsLoopControl
    {
        get
        {
            for (var i = _steps.Count - 1; i >= 0; i--)
            {
                switch (_steps[i].Result)
                {
                    case IterationResult:
                        return true;
                    case KeywordResult { Role: KeywordRole.Keyword, Owner: not "BuiltIn" }:
                        return false;
                }
            }

            return false;
        }
    }

    /// <summary>Runs a step: tells its start and end, and gives it the status that its end means.</summary>
    /// <param name="result">The step.</param>
    /// <param name="run">Whether it is executed at all.</param>
    /// <param name="action">What it does; may set the status that a normal end means.</param>
    /// <param name="keyword">The user keyword, if it is one.</param>
    public Flow RunStep(StepResult result, bool run, Func<StepScope, Flow> action, UserKeyword? keyword = null)
    {
        var scope = new StepScope { PassStatus = run ? Status.Pass : Status.NotRun };
        result.Status = run ? Status.NotSet : Status.NotRun;
        result.StartTime = Services.Clock.Now;
        var start = Services.Clock.Monotonic;
        var testStatus = Test?.Status;
        var weight = NestingLimit.WeightOf(result);
        if (_nesting + weight > NestingLimit.Budget)
        {
            throw new VariableSyntaxException("Recursive execution stopped.");
        }

        _nesting += weight;
        _steps.Add((result, keyword));
        Output.StartStep(result);
        Flow flow;
        try
        {
            if (run)
            {
                ThrowIfOver(result);
            }

            WarnIfDeprecated(result);
            flow = action(scope);
        }
        catch (InnerFailureException error)
        {
            flow = Flow.Fail(error.Failure);
        }
        catch (KeywordFailedException error)
        {
            var failure = Failure.From(error);
            TimeoutOccurred |= failure.Timeout;
            if (!failure.Skip && Services.Evidence?.Invoke() is { } evidence)
            {
                Output.Log(evidence, MessageLevel.Info);
            }

            Output.LogFailure(error.ResultMessage, failure.Skip);
            if (Tracebacks.Of(error) is { Length: > 0 } traceback)
            {
                Output.Log(traceback, MessageLevel.Debug);
            }

            flow = Flow.Fail(failure);
        }

        catch (OutOfMemoryException)
        {
            // Whatever was too large is garbage by now: the test fails, and the run goes on.
            var failure = new Failure("MemoryError");
            Output.LogFailure(failure.Message, skip: false);
            flow = Flow.Fail(failure);
        }

        End(result, scope, flow, testStatus);
        result.Elapsed = Services.Clock.Monotonic - start;
        Output.EndStep(result);
        _steps.RemoveAt(_steps.Count - 1);
        _nesting -= weight;
        return flow;
    }

    /// <summary>Whether execution goes on after a failure.</summary>
    public bool CanContinue(Failure failure, bool templated = false)
    {
        if (DryRun)
        {
            return true;
        }

        if (failure.Syntax || failure.Exit || failure.TestTimeout)
        {
            return false;
        }

        if (templated)
        {
            return ContinueOnFailure(byDefault: true);
        }

        return !failure.Skip && !failure.KeywordTimeout && (failure.Continuable || ContinueOnFailure());
    }

    public bool ContinueOnFailure(bool byDefault = false)
    {
        var nearest = true;
        for (var i = _steps.Count - 1; i >= -1; i--)
        {
            var tags = i < 0 ? Test?.Tags : _steps[i].Keyword is null ? null : ((KeywordResult)_steps[i].Result).Tags;
            if (tags is null)
            {
                continue;
            }

            if (nearest && Has(tags, "robot:stop-on-failure"))
            {
                return false;
            }

            if (nearest && Has(tags, "robot:continue-on-failure"))
            {
                return true;
            }

            if (Has(tags, "robot:recursive-stop-on-failure"))
            {
                return false;
            }

            if (Has(tags, "robot:recursive-continue-on-failure"))
            {
                return true;
            }

            nearest = false;
        }

        return byDefault || InTeardown;
    }

    /// <summary>Finds the keyword for a call in the running body.</summary>
    public FoundKeyword FindKeyword(string name, bool recommend = true)
    {
        var caller = UserKeywords.Count > 0 ? UserKeywords[^1] : null;
        return Keywords.Find(name, caller, caller?.Owner.Source ?? (Test is null ? null : Suite.Source), recommend);
    }

    public void StartTest(TestResult test, ActiveTimeout? timeout)
    {
        Test = test;
        AddTimeout(timeout);
        Variables.StartTest();
        foreach (var library in Keywords.Libraries.Values)
        {
            library.StartTest();
        }

        Variables.SetTest("${TEST_NAME}", test.Name);
        Variables.SetTest("${TEST_DOCUMENTATION}", test.Documentation);
        Variables.SetTest("${TEST_METADATA}", ToDictionary(test.Metadata));
        Variables.SetTest("@{TEST_TAGS}", new PyList(test.Tags));
        Output.StartTest(test);
    }

    public void EndTest(TestResult test)
    {
        Test = null;
        Timeouts = [];
        Variables.EndTest();
        Variables.SetSuite("${PREV_TEST_NAME}", test.Name);
        Variables.SetSuite("${PREV_TEST_STATUS}", test.Status.ToText());
        Variables.SetSuite("${PREV_TEST_MESSAGE}", test.Message);
        TimeoutOccurred = false;
    }

    public void SetSuiteVariables()
    {
        Variables["${SUITE_NAME}"] = Suite.FullName;
        Variables["${SUITE_SOURCE}"] = Suite.Source;
        Variables["${SUITE_DOCUMENTATION}"] = Suite.Documentation;
        Variables["${SUITE_METADATA}"] = ToDictionary(Suite.Metadata);
    }

    public T InSuiteTeardownDo<T>(Func<T> action)
    {
        InSuiteTeardown = true;
        try
        {
            return action();
        }
        finally
        {
            InSuiteTeardown = false;
        }
    }

    public T InTestTeardownDo<T>(TestResult test, Func<T> action)
    {
        Variables.SetTest("${TEST_STATUS}", test.Status.ToText());
        Variables.SetTest("${TEST_MESSAGE}", test.Message);
        InTestTeardown = true;
        Timeouts = [];
        try
        {
            return action();
        }
        finally
        {
            InTestTeardown = false;
        }
    }

    public T InKeywordTeardownDo<T>(Failure? failure, Func<T> action)
    {
        Variables.SetKeyword("${KEYWORD_STATUS}", failure is null ? "PASS" : "FAIL");
        Variables.SetKeyword("${KEYWORD_MESSAGE}", failure?.Message ?? "");
        KeywordTeardowns++;
        var timeouts = Timeouts;
        Timeouts = [];
        try
        {
            return action();
        }
        finally
        {
            KeywordTeardowns--;
            Timeouts = timeouts;
        }
    }

    /// <summary>Runs the body of a user keyword with variables of its own.</summary>
    public T InUserKeywordDo<T>(UserKeyword keyword, Func<T> action)
    {
        UserKeywords.Add(keyword);
        Variables.StartKeyword();
        try
        {
            return action();
        }
        finally
        {
            Variables.EndKeyword();
            UserKeywords.RemoveAt(UserKeywords.Count - 1);
        }
    }

    public void AddTimeout(ActiveTimeout? timeout)
    {
        if (timeout is not null)
        {
            timeout.Start();
            Timeouts.Add(timeout);
        }
    }

    public void RemoveTimeout(ActiveTimeout? timeout)
    {
        if (timeout is not null)
        {
            Timeouts.Remove(timeout);
        }
    }

    public static DotDict ToDictionary(IEnumerable<KeyValuePair<string, string>> items) =>
        new(items.Select(item => new KeyValuePair<object?, object?>(item.Key, item.Value)));

    private static bool Has(IReadOnlyList<string> tags, string tag) =>
        tags.Any(candidate => NormalizedNames.Normalize(candidate, "_") == tag);

    private void WarnIfDeprecated(StepResult result)
    {
        if (result is KeywordResult { Documentation: ['*', 'D', ..] doc } keyword && doc.StartsWith("*DEPRECATED", StringComparison.Ordinal)
            && doc.IndexOf('*', 1) is var end and > 0)
        {
            var rest = doc[(end + 1)..].Trim();
            Output.Log($"Keyword '{keyword.FullName}' is deprecated. {rest}", MessageLevel.Warn);
        }
    }

    private void End(StepResult result, StepScope scope, Flow flow, Status? testStatus)
    {
        switch (flow.Kind)
        {
            case FlowKind.Normal:
                result.Status = scope.PassStatus;
                break;
            case FlowKind.Failed:
                (result.Status, result.Message) = (flow.Failure!.Status, flow.Failure.Message);
                break;
            default:
                result.Status = flow.Failure is null ? Status.Pass : Status.Fail;
                result.Message = flow.Kind == FlowKind.Pass ? flow.Message ?? "" : "";
                break;
        }

        if (testStatus == Status.Pass && result.Status != Status.NotRun && Test is not null)
        {
            Test.Status = result.Status;
        }
    }
}

/// <summary>What a running step may change about its end.</summary>
internal sealed class StepScope
{
    /// <summary>Status when it ends normally.</summary>
    public Status PassStatus { get; set; }
}
