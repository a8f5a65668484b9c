namespace FarmAgent.Robot.Results;

/// <summary>Texts about the outcome of a suite.</summary>
public static class SuiteMessages
{
    /// <summary>Counts in words, for example <c>3 tests, 2 passed, 1 failed</c>.</summary>
    /// <param name="suite">The suite.</param>
    public static string Counts(SuiteResult suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var tests = suite.AllTests.ToList();
        var skipped = tests.Count(test => test.Status == Status.Skip);
        var failed = tests.Count(test => test.Status == Status.Fail);
        var word = (suite.Rpa ? "task" : "test") + (tests.Count == 1 ? "" : "s");
        return $"{tests.Count} {word}, {tests.Count - skipped - failed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}";
    }

    /// <summary>The message of a suite followed by its counts.</summary>
    /// <param name="suite">The suite.</param>
    public static string Full(SuiteResult suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return suite.Message.Length == 0 ? Counts(suite) : $"{suite.Message}\n\n{Counts(suite)}";
    }
}
