using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Tests.</summary>
internal sealed partial class SuiteRunner
{
    private void RunTest(TestCase test, SuiteResult suite, SuiteStatus suiteStatus, SuiteContext context, NormalizedDictionary<bool> executed)
    {
        var result = CreateResult(test, suite, context, out var timeout);
        if (HasTag(result, "robot:exclude"))
        {
            return;
        }

        suite.Tests.Add(result);
        if (executed.Contains(result.Name))
        {
            Output.Warn($"Multiple {(services.Rpa ? "task" : "test")}s with name '{result.Name}' executed in suite '{suite.FullName}'.");
        }

        executed[result.Name] = true;
        var start = services.Clock.Monotonic;
        context.StartTest(result, timeout);
        var status = new TestStatus(suiteStatus, result, services.Settings.SkipOnFailure, services.Rpa);
        TagPatterns.Warn(services.Settings.SkipOnFailure, "finding tests to be skipped on failure based on tags", Output);
        if (_exit.IsSet)
        {
            ExitCombined = true;
            var tags = new TagSet(result.Tags);
            tags.Add(["robot:exit"]);
            result.Tags = tags.Sorted;
        }

        CheckBeforeRun(test, result, status);
        RunTestSetup(test, result, status, context);
        RunTestBody(test, result, status, context);
        result.Status = status.Status;
        result.Message = status.Message.Length > 0 ? status.Message : result.Message;
        context.InTestTeardownDo(result, () => RunTestTeardown(test, result, status, context));
        if (status.Passed && timeout is { IsOver: true })
        {
            status.TestFailed(timeout.ExceededMessage);
            result.Message = status.Message;
        }

        if (status.SkipIfTagsSay() && status.Message.Length > 0)
        {
            result.Message = status.Message;
        }

        result.Status = status.Status;
        result.Elapsed = services.Clock.Monotonic - start;
        Output.EndTest(result);
        context.EndTest(result);
    }

    private static bool HasTag(TestResult test, string tag) =>
        test.Tags.Any(candidate => NormalizedNames.Normalize(candidate, "_") == tag);

    private TestResult CreateResult(TestCase test, SuiteResult suite, SuiteContext context, out ActiveTimeout? timeout)
    {
        timeout = ActiveTimeout.Create(services.Rpa ? "Task" : "Test", test.Timeout, services.Variables, services.Clock);
        var tags = new TagSet(services.Variables.ReplaceList(test.Tags.Sorted, ignoreErrors: true).Select(PyText.InMessages));
        context.ApplyPendingTags(tags);
        var result = new TestResult
        {
            Name = Resolve(test.Name),
            Id = $"{suite.Id}-t{suite.Tests.Count + 1}",
            Parent = suite,
            Line = test.Line,
            Documentation = Resolve(test.Documentation),
            Tags = tags.Sorted,
            Timeout = timeout?.Text ?? "",
            StartTime = services.Clock.Now,
        };
        foreach (var (name, value) in test.Metadata.Items)
        {
            result.Metadata.Add(new(Resolve(name), Resolve(value)));
        }

        return result;
    }

    private void CheckBeforeRun(TestCase test, TestResult result, TestStatus status)
    {
        if (!status.Passed)
        {
            return;
        }

        var kind = services.Rpa ? "Task" : "Test";
        var problem = test.Name.Length == 0 ? $"{kind} name cannot be empty." : test.Body.Count == 0 ? $"{kind} cannot be empty." : null;
        if (problem is not null)
        {
            status.TestFailed(problem);
        }
        else if (HasTag(result, "robot:skip"))
        {
            status.TestSkipped($"{kind} skipped using {TagPatterns.Describe(["robot:skip"])}.");
        }
        else if (TagPatterns.Match(services.Settings.Skip, result.Tags))
        {
            status.TestSkipped($"{kind} skipped using {TagPatterns.Describe(services.Settings.Skip)}.");
        }
        else if (services.Stop.Forbids(inTeardown: false))
        {
            status.TestFailed("Execution terminated by signal", new Failure("Execution terminated by signal") { Exit = true });
        }
    }

    private static void RunTestSetup(TestCase test, TestResult result, TestStatus status, SuiteContext context)
    {
        if (status.Passed)
        {
            var flow = test.Setup?.Name is null ? Flow.Next : new KeywordRunner(context).RunFixture(test.Setup, KeywordRole.Setup).WhereNothingIsLeft();
            status.SetupExecuted(FailureOf(flow));
            if (flow.Kind == FlowKind.Pass)
            {
                result.Message = flow.Message ?? "";
            }
        }
        else if (status.Parent is { Skipped: true })
        {
            status.Skipped = true;
        }
    }

    private static void RunTestBody(TestCase test, TestResult result, TestStatus status, SuiteContext context)
    {
        if (status.Passed)
        {
            var flow = new BodyRunner(context).Run(test.Body, run: true, templated: !string.IsNullOrEmpty(test.Template)).WhereNothingIsLeft();
            if (flow.Failure is { } failure)
            {
                status.TestFailed(failure.Message, failure);
            }
            else if (flow.Kind == FlowKind.Pass)
            {
                result.Message = flow.Message ?? "";
            }
        }
        else if (status.Skipped)
        {
            status.TestSkipped(status.Message);
        }
        else
        {
            status.TestFailed(status.Message);
        }
    }

    private static bool RunTestTeardown(TestCase test, TestResult result, TestStatus status, SuiteContext context)
    {
        if (!status.TeardownAllowed)
        {
            return false;
        }

        var flow = test.Teardown?.Name is null ? Flow.Next : new KeywordRunner(context).RunFixture(test.Teardown, KeywordRole.Teardown).WhereNothingIsLeft();
        var failure = FailureOf(flow);
        status.TeardownExecuted(failure);
        if (failure is not null || (flow.Kind == FlowKind.Pass && status.Skipped))
        {
            result.Message = status.Message;
        }
        else if (flow.Kind == FlowKind.Pass)
        {
            result.Message = flow.Message ?? "";
        }

        return true;
    }
}
