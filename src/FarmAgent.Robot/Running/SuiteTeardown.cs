using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Running;

/// <summary>A failing or skipping suite teardown changes tests that have already ended.</summary>
internal static class SuiteTeardown
{
    public static void Apply(SuiteResult suite, Failure failure)
    {
        foreach (var test in suite.AllTests)
        {
            if (failure.Skip)
            {
                Skip(test, failure.Message);
            }
            else
            {
                Fail(test, failure.Message);
            }
        }
    }

    private static void Fail(TestResult test, string message)
    {
        test.Status = test.Status == Status.Skip ? Status.Skip : Status.Fail;
        test.Message += test.Message.Length == 0
            ? $"Parent suite teardown failed:\n{message}"
            : $"\n\nAlso parent suite teardown failed:\n{message}";
    }

    private static void Skip(TestResult test, string message)
    {
        test.Status = Status.Skip;
        test.Message = $"Skipped in parent suite teardown:\n{message}{(test.Message.Length == 0 ? "" : $"\n\nEarlier message:\n{test.Message}")}";
    }
}
