using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Settings;

namespace FarmAgent.Robot.Building;

/// <summary>Applies options to a tree of suites: name, documentation, metadata, selection, tags.</summary>
internal static class SuiteSelection
{
    /// <exception cref="SuiteDataException">No test is left.</exception>
    public static void Apply(Suite suite, RunSettings settings, IRunLog log)
    {
        TagPatterns.Warn(settings.Include, "including tests by tags", log);
        TagPatterns.Warn(settings.Exclude, "excluding tests by tags", log);
        if (!string.IsNullOrEmpty(settings.Name))
        {
            suite.Name = settings.Name;
        }

        var name = suite.Name;
        suite.Documentation = string.IsNullOrEmpty(settings.Documentation) ? suite.Documentation : settings.Documentation;
        settings.Metadata.ForEach(item => suite.SetMetadata(item.Key, item.Value));
        Filter(suite, settings);
        if (suite.TestCount == 0 && !settings.RunEmptySuite)
        {
            throw new SuiteDataException($"Suite '{name}' contains no {Describe(suite, settings)}.");
        }

        SetTags(suite, settings);
    }

    private static void Filter(Suite suite, RunSettings settings)
    {
        var isFiltered = settings.Suites.Count + settings.Tests.Count + settings.Include.Count + settings.Exclude.Count > 0;
        if (!isFiltered)
        {
            return;
        }

        if (settings.Suites.Count > 0)
        {
            FilterBySuite(suite, settings);
        }
        else
        {
            FilterTests(suite, settings);
        }

        suite.RemoveEmptySuites();
    }

    private static void FilterBySuite(Suite suite, RunSettings settings)
    {
        if (Matches(settings.Suites, suite.Name, suite.FullName))
        {
            FilterTests(suite, settings);
            return;
        }

        suite.Tests.Clear();
        suite.Suites.ForEach(child => FilterBySuite(child, settings));
    }

    private static void FilterTests(Suite suite, RunSettings settings)
    {
        suite.Tests.RemoveAll(test =>
            (settings.Tests.Count > 0 && !Matches(settings.Tests, test.Name, test.FullName))
            || (settings.Include.Count > 0 && !TagPatterns.Match(settings.Include, test.Tags.Sorted))
            || (settings.Exclude.Count > 0 && TagPatterns.Match(settings.Exclude, test.Tags.Sorted)));
        suite.Suites.ForEach(child => FilterTests(child, settings));
    }

    private static bool Matches(List<string> patterns, string name, string fullName) =>
        patterns.Select(GlobPattern.ForNames).Any(pattern => pattern.Matches(name) || pattern.Matches(fullName));

    private static void SetTags(Suite suite, RunSettings settings)
    {
        foreach (var test in suite.Tests)
        {
            test.Tags.Add(settings.SetTags.Where(tag => !tag.StartsWith('-')));
            test.Tags.Remove(settings.SetTags.Where(tag => tag.StartsWith('-')).Select(tag => tag[1..]));
        }

        suite.Suites.ForEach(child => SetTags(child, settings));
    }

    private static string Describe(Suite suite, RunSettings settings)
    {
        var parts = new List<string> { suite.Rpa switch { true => "tasks", false => "tests", _ => "tests or tasks" } };
        var selectors = new List<string>();
        Add(selectors, "matching name", settings.Tests);
        Add(selectors, "matching tags", settings.Include);
        Add(selectors, "not matching tags", settings.Exclude);
        parts.AddRange(selectors.Count > 0 ? [string.Join(" and ", selectors)] : []);
        Add(parts, "in suites", settings.Suites);
        return string.Join(' ', parts);
    }

    private static void Add(List<string> parts, string explanation, List<string> selectors)
    {
        if (selectors.Count > 0)
        {
            explanation = selectors.Count == 1 && explanation.EndsWith('s') ? explanation[..^1] : explanation;
            parts.Add($"{explanation} {ErrorList.Quote(selectors, " or ")}");
        }
    }
}
