namespace FarmAgent.Robot.Building;

/// <summary>Whether tests or tasks are run.</summary>
internal static class ExecutionMode
{
    /// <summary>True for tasks.</summary>
    /// <exception cref="SuiteDataException">Some suites have tests and some have tasks.</exception>
    public static bool Validate(Suite suite, bool? wanted)
    {
        if (suite.Rpa is null && suite.Suites.Count > 0 && wanted is null)
        {
            Suite? first = null;
            foreach (var child in Files(suite))
            {
                first ??= child;
                if (child.Rpa != first.Rpa)
                {
                    var (one, other) = first.Rpa == true ? ("tasks", "tests") : ("tests", "tasks");
                    throw new SuiteDataException(
                        $"Conflicting execution modes: Suite '{first.FullName}' has {one} but suite '{child.FullName}' has {other}. Resolve the conflict or use "
                        + "'--rpa' or '--norpa' options to set the execution mode explicitly.");
                }
            }

            return first?.Rpa ?? false;
        }

        return wanted ?? suite.Rpa ?? false;
    }

    private static IEnumerable<Suite> Files(Suite suite) => suite.Suites.Count == 0 ? [suite] : suite.Suites.SelectMany(Files);
}
