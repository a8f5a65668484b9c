using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Keywords chosen by <c>NAME:</c> and <c>TAG:</c>.</summary>
internal sealed class StepPatterns
{
    private const string Name = "NAME:";
    private const string Tag = "TAG:";

    private readonly List<GlobPattern> _names;
    private readonly List<Func<IReadOnlyList<string>, bool>> _tags;

    public StepPatterns(List<string> values, TagMatcherFactory tags, Func<string, GlobPattern> names)
    {
        _names = [.. After(values, Name).Select(names)];
        _tags = [.. After(values, Tag).Select(pattern => tags(pattern))];
    }

    public bool Match(StepResult step) => (_names.Count > 0 || _tags.Count > 0) && step is KeywordResult keyword
        && (_names.Exists(name => name.Matches(keyword.FullName)) || _tags.Exists(matches => matches(keyword.Tags)));

    private static IEnumerable<string> After(List<string> values, string start) =>
        values.Where(value => value.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(value => value[start.Length..]);
}
