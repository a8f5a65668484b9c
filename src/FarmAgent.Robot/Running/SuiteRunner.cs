using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Runs a tree of suites.</summary>
/// <param name="services">What the run shares.</param>
internal sealed partial class SuiteRunner(RunServices services)
{
    private readonly ExitState _exit = new(
        services.Settings.ExitOnFailure, services.Settings.ExitOnError, services.Settings.SkipTeardownOnExit);

    private RunOutput Output => services.Output;

    /// <summary>Whether tests got the tag that marks the end of the run, which the statistics then show.</summary>
    public bool ExitCombined { get; private set; }

    /// <summary>Runs everything.</summary>
    public SuiteResult Run(Suite suite)
    {
        TagPatterns.Warn(services.Settings.Skip, "finding tests to be skipped based on tags", Output);
        return RunSuite(suite, null, null, null, "s1", new NormalizedDictionary<bool>("_"));
    }

    private SuiteResult RunSuite(
        Suite suite, SuiteResult? parent, SuiteStatus? parentStatus, SuiteContext? outer, string id, NormalizedDictionary<bool> executed)
    {
        if (suite.Parent is { Source.Length: > 0 } && executed.Contains(suite.Name))
        {
            Output.Warn($"Multiple suites with name '{suite.Name}' executed in suite '{suite.Parent.FullName}'.");
        }

        executed[suite.Name] = true;
        var result = new SuiteResult
        {
            Name = suite.Name,
            Id = id,
            Parent = parent,
            Source = suite.Source,
            Documentation = suite.Documentation,
            StartTime = services.Clock.Now,
            PlannedTests = suite.TestCount,
            Rpa = services.Rpa,
        };
        parent?.Suites.Add(result);
        var start = services.Clock.Monotonic;
        var status = new SuiteStatus(parentStatus, _exit);
        var context = StartSuite(suite, result, status, outer);
        Output.StartSuite(result);
        Output.TellErrorsTo(status.Exit.ErrorOccurred);
        RunSetup(suite, result, status, context);
        var names = new NormalizedDictionary<bool>("_");
        foreach (var test in suite.Tests)
        {
            RunTest(test, result, status, context, names);
        }

        for (var i = 0; i < suite.Suites.Count; i++)
        {
            RunSuite(suite.Suites[i], result, status, context, $"{id}-s{i + 1}", names);
        }

        EndSuite(suite, result, status, context);
        result.Elapsed = services.Clock.Monotonic - start;
        Output.EndSuite(result);
        services.Variables.EndSuite();
        return result;
    }

    private SuiteContext StartSuite(Suite suite, SuiteResult result, SuiteStatus status, SuiteContext? outer)
    {
        var keywords = new KeywordStore(suite.Resource, services.Languages);
        var imports = new SuiteImports(services, keywords, result.FullName);
        services.Variables.StartSuite();
        services.Variables.SetFromSection(imports.Definitions(suite.Resource));
        var context = new SuiteContext(services, result, keywords, imports, outer) { SourceFile = suite.FilePath };
        context.SetSuiteVariables();
        if (!status.Failed)
        {
            imports.ImportLibrary("BuiltIn", [], null, null, 0);
            imports.ImportLibrary("Easter", [], null, null, 0);
            imports.ImportAll(suite.Resource);
            services.Variables.ResolveDelayed();
        }

        result.Documentation = Resolve(suite.Documentation);
        foreach (var (name, value) in suite.Metadata.Items)
        {
            result.Metadata.Add(new(Resolve(name), Resolve(value)));
        }

        context.SetSuiteVariables();
        return context;
    }

    private string Resolve(string text) => services.Variables.ReplaceString(text, ignoreErrors: true);

    private bool AnyTestRuns(Suite suite) =>
        suite.Tests.Exists(test => !TagPatterns.Match(services.Settings.Skip, test.Tags.Sorted)
            && !test.Tags.Contains("robot:skip") && !test.Tags.Contains("robot:exclude"))
        || suite.Suites.Exists(AnyTestRuns);

    private void RunSetup(Suite suite, SuiteResult result, SuiteStatus status, SuiteContext context)
    {
        if (AnyTestRuns(suite) && status.Passed)
        {
            status.SetupExecuted(RunFixture(suite.Setup, KeywordRole.Setup, context).Failure);
        }
        else if (status.Parent is { Skipped: true })
        {
            status.Skipped = true;
        }
    }

    private void EndSuite(Suite suite, SuiteResult result, SuiteStatus status, SuiteContext context)
    {
        result.Message = status.Message;
        result.Status = SuiteStatusOf(result);
        services.Variables["${SUITE_STATUS}"] = result.Status.ToText();
        services.Variables["${SUITE_MESSAGE}"] = SuiteMessages.Full(result);
        if (status.TeardownAllowed)
        {
            context.InSuiteTeardownDo(() =>
            {
                var flow = RunFixture(suite.Teardown, KeywordRole.Teardown, context);
                status.TeardownExecuted(FailureOf(flow));
                if (FailureOf(flow) is { } failure)
                {
                    SuiteTeardown.Apply(result, failure);
                }

                return flow;
            });
        }

        result.Message = status.Message;
        result.Status = SuiteStatusOf(result);
        foreach (var name in (string[])["${PREV_TEST_NAME}", "${PREV_TEST_STATUS}", "${PREV_TEST_MESSAGE}"])
        {
            services.Variables.SetGlobal(name, services.Variables[name]);
        }
    }

    private static Failure? FailureOf(Flow flow) => flow.Kind == FlowKind.Pass ? null : flow.Failure;

    private static Status SuiteStatusOf(SuiteResult suite) => suite.AllTests.Any(test => test.Status == Status.Fail) ? Status.Fail
        : suite.AllTests.Any(test => test.Status == Status.Pass) ? Status.Pass : Status.Skip;

    private static Flow RunFixture(KeywordCall? fixture, KeywordRole role, SuiteContext context)
    {
        var flow = fixture?.Name is null ? Flow.Next : new KeywordRunner(context).RunFixture(fixture, role).WhereNothingIsLeft();
        return flow.Kind == FlowKind.Pass ? flow with { Failure = null } : flow;
    }
}
