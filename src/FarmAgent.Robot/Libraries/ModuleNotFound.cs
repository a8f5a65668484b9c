namespace FarmAgent.Robot.Libraries;

/// <summary>What the original says about a Python module that is not there.</summary>
internal static class ModuleNotFound
{
    /// <summary>An import that failed for this reason.</summary>
    /// <param name="name">What was to be imported.</param>
    /// <param name="reason">The error with its trace and places.</param>
    public static Variables.VariableSyntaxException Library(string name, string reason) =>
        Tracebacks.Because(new($"Importing library '{name}' failed: {reason}"), Tracebacks.Chain(reason, $"robot.errors.DataError: {reason}"));

    /// <summary>The error with its trace and the places that were searched.</summary>
    /// <param name="name">Dotted name of the module.</param>
    /// <param name="pythonPath">Directories for modules.</param>
    public static string Describe(string name, IReadOnlyList<string> pythonPath)
    {
        var places = string.Concat(pythonPath.DefaultIfEmpty("(empty)").Select(path => $"\n  {path}"));
        return $"ModuleNotFoundError: No module named '{name.Split('.')[0]}'\nTraceback (most recent call last):\n  None\nPYTHONPATH:{places}";
    }
}
