namespace FarmAgent.Robot.Settings;

/// <summary>
/// Options that take Python code into the run, which cannot be done here: code that is not there is told as the original tells it, code that is
/// there is refused.
/// </summary>
internal sealed partial class SettingsReader
{
    private readonly List<(string Option, string Value)> _extensions = [];

    // The directories for modules are known when all options are read.
    private void ApplyExtensions()
    {
        // Modifiers are taken into use before listeners.
        foreach (var (option, value) in _extensions.OrderBy(item => item.Option == "listener"))
        {
            var module = value.Split(':')[0];
            var found = FindModule(module);
            switch (option)
            {
                case "listener":
                    _settings.Problems.Add($"Taking listener '{value}' into use failed: "
                        + (found is null ? $"Importing listener '{module}' failed: {NoModule(module)}" : Refusal("Listeners", found)));
                    break;
                case "prerunmodifier" or "prerebotmodifier" when found is not null:
                    throw new Building.SuiteDataException(
                        $"Option '--{option}' is not supported: {Refusal("Model modifiers", found)} Select tests by '--test', '--include' and "
                        + "'--exclude', set tags by '--settag', and shorten the log by '--removekeywords' and '--flattenkeywords'.");
                case "prerunmodifier":
                    _settings.Problems.Add($"Importing model modifier '{module}' failed: {NoModule(module)}");
                    break;
                case "prerebotmodifier":
                    _settings.LateProblems.Add($"Importing model modifier '{module}' failed: {NoModule(module)}");
                    break;
                case "parser":
                    throw new Building.SuiteDataException(found is null
                        ? $"Importing parser '{module}' failed: {NoModule(module)}"
                        : $"Option '--parser' is not supported: {Refusal("Parsers", found)}");
            }
        }
    }

    private static string Refusal(string what, string found) =>
        $"{what} are Python code on Robot Framework's own objects, which this engine does not have; found '{found}'.";

    private string? FindModule(string name)
    {
        if (name.EndsWith(".py", StringComparison.OrdinalIgnoreCase) || name.Contains('/', StringComparison.Ordinal))
        {
            return Path.Exists(name) ? Path.GetFullPath(name) : null;
        }

        var module = name.Split('.')[0];
        var environment = Environment.GetEnvironmentVariable("PYTHONPATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return _settings.PythonPath.Concat(environment)
            .SelectMany(folder => new[] { Path.Combine(folder, module + ".py"), Path.Combine(folder, module, "__init__.py") })
            .FirstOrDefault(File.Exists);
    }
}
