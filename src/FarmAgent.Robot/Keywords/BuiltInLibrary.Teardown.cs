using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Running;

namespace FarmAgent.Robot.Keywords;

/// <summary>Run Keyword If … that only teardowns may use.</summary>
internal sealed partial class BuiltInLibrary
{
    private static IEnumerable<KeywordDescriptor> RunKeywordsInTeardown() =>
    [
        InTestTeardown("Run Keyword If Test Failed", suite => suite.Test!.Status == Status.Fail),
        InTestTeardown("Run Keyword If Test Passed", suite => suite.Test!.Status == Status.Pass),
        InTestTeardown("Run Keyword If Timeout Occurred", suite => suite.TimeoutOccurred),
        InSuiteTeardown("Run Keyword If All Tests Passed", suite => !AnyFailed(suite)),
        InSuiteTeardown("Run Keyword If Any Tests Failed", AnyFailed),
    ];

    private static bool AnyFailed(SuiteContext suite) => suite.Suite.AllTests.Any(test => test.Status == Status.Fail);

    private static KeywordDescriptor InTestTeardown(string name, Func<SuiteContext, bool> condition) => Raw(name, Call, 0, (context, a) =>
    {
        var suite = Scope(context).Suite;
        if (suite.Test is null || !suite.InTestTeardown)
        {
            throw Failed($"Keyword '{name}' can only be used in test teardown.");
        }

        return condition(suite) ? RunCall(context, a) : null;
    });

    private static KeywordDescriptor InSuiteTeardown(string name, Func<SuiteContext, bool> condition) => Raw(name, Call, 0, (context, a) =>
    {
        var suite = Scope(context).Suite;
        if (!suite.InSuiteTeardown)
        {
            throw Failed($"Keyword '{name}' can only be used in suite teardown.");
        }

        return condition(suite) ? RunCall(context, a) : null;
    });
}
