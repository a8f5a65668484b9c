namespace FarmAgent.Robot.Running;

/// <summary>Messages of tests and suites from what went wrong in setup, body and teardown.</summary>
internal static class StatusMessages
{
    public static string OfTest(ExecutionStatus status)
    {
        var message = Build(status, new Words("Setup failed:\n", "", "Teardown failed:\n", "", "teardown"));
        return message.Length > 0 ? message
            : status.Exit.Failure ? "Failure occurred and exit-on-failure mode is in use."
            : status.Exit.Fatal ? "Test execution stopped due to a fatal error."
            : status.Exit.Error ? "Error occurred and exit-on-error mode is in use." : "";
    }

    public static string OfSuite(ExecutionStatus status) => Build(status, new Words(
        "Suite setup failed:\n", "Skipped in suite setup:\n", "Suite teardown failed:\n", "Skipped in suite teardown:\n", "suite teardown"));

    /// <summary>Why tests below a failed suite fail: the message of the highest failed one.</summary>
    public static string OfParent(SuiteStatus status)
    {
        while (status.Parent is { Failed: true } parent)
        {
            status = parent;
        }

        return Build(status, new Words(
            "Parent suite setup failed:\n",
            "Skipped in parent suite setup:\n",
            "Parent suite teardown failed:\n",
            "Skipped in parent suite teardown:\n",
            "parent suite teardown"));
    }

    private static string Build(ExecutionStatus status, Words words)
    {
        var message = status.SetupSkipped is { } skipped ? Prefix(words.SetupSkipped, skipped)
            : status.SetupFailure is { } setup ? Prefix(words.Setup, setup)
            : status.TestSkip ?? status.TestFailure ?? "";
        if ((status.TeardownFailure ?? status.TeardownSkipped) is not { } teardown)
        {
            return message;
        }

        if (message.Length == 0)
        {
            return Prefix(status.TeardownFailure is null ? words.TeardownSkipped : words.Teardown, teardown);
        }

        if (FailureMessages.IsHtml(teardown))
        {
            teardown = FailureMessages.WithoutMark(teardown);
            message = FailureMessages.IsHtml(message) ? message : $"*HTML* {FailureMessages.Escape(message)}";
        }
        else if (FailureMessages.IsHtml(message))
        {
            teardown = FailureMessages.Escape(teardown);
        }

        return status.TeardownFailure is not null
            ? $"{message}\n\nAlso {words.Also} failed:\n{teardown}"
            : $"Skipped in {(words.Also == "parent suite teardown" ? "suite teardown" : words.Also)}:\n{teardown}\n\nEarlier message:\n{message}";
    }

    private static string Prefix(string prefix, string message) => FailureMessages.IsHtml(message)
        ? $"*HTML* {prefix}{FailureMessages.WithoutMark(message)}"
        : prefix + message;

    private sealed record Words(string Setup, string SetupSkipped, string Teardown, string TeardownSkipped, string Also);
}
