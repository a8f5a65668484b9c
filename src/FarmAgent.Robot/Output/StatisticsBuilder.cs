using System.Text;
using System.Text.RegularExpressions;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Settings;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Output;

/// <summary>Counts the tests of a run in total, by tag and by suite, as the options ask.</summary>
internal sealed class StatisticsBuilder
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly RunSettings _settings;
    private readonly TagMatcherFactory _matchers;
    private readonly NormalizedDictionary<TagStatistic> _tags = new("_");
    private readonly List<(TagStatistic Statistic, Func<IReadOnlyList<string>, bool> Matches)> _combined = [];
    private readonly List<Func<IReadOnlyList<string>, bool>> _included;
    private readonly List<Func<IReadOnlyList<string>, bool>> _excluded;

    public StatisticsBuilder(RunSettings settings, TagMatcherFactory matchers)
    {
        (_settings, _matchers) = (settings, matchers);
        _included = [.. settings.TagStatInclude.Select(pattern => matchers(pattern))];
        _excluded = [.. settings.TagStatExclude.Select(pattern => matchers(pattern))];
    }

    public RunStatistics Build(SuiteResult root, bool isRpa)
    {
        foreach (var (pattern, name) in _settings.TagStatCombine)
        {
            var shown = Libraries.TagPattern.Parse(pattern).ToString()!;
            _combined.Add((Create(name.Length > 0 ? name : shown, shown), _matchers(pattern)));
        }

        foreach (var test in root.AllTests)
        {
            Add(test);
        }

        var tags = _combined.Select(item => item.Statistic).OrderBy(item => NormalizedNames.Normalize(item.Name, "_"), StringComparer.Ordinal)
            .Concat(_tags.Items.Select(item => item.Value));
        var suites = new List<SuiteStatistic>();
        AddSuite(root, suites, 1);
        return new RunStatistics(StatisticCount.Of(root), [.. tags], suites, isRpa);
    }

    private void Add(TestResult test)
    {
        foreach (var tag in test.Tags.Where(IsShown))
        {
            if (!_tags.TryGet(tag, out var statistic))
            {
                _tags[tag] = statistic = Create(tag, null);
            }

            statistic.Count.Add(test.Status);
        }

        foreach (var (statistic, _) in _combined.Where(item => item.Matches(test.Tags)))
        {
            statistic.Count.Add(test.Status);
        }
    }

    private bool IsShown(string tag)
    {
        var isIncluded = _included.Exists(matches => matches([tag]));
        if ((_included.Count > 0 && !isIncluded) || _excluded.Exists(matches => matches([tag])))
        {
            return false;
        }

        return isIncluded || !NormalizedNames.Normalize(tag, "_").StartsWith("robot:", StringComparison.Ordinal);
    }

    private TagStatistic Create(string name, string? combined)
    {
        var documentation = _settings.TagDoc.Where(doc => _matchers(doc.Key)([name])).Select(doc => doc.Value);
        var links = _settings.TagStatLink.Select(link => Link(link.Pattern, link.Link, link.Title, name)).OfType<string>();
        return new TagStatistic(name, string.Join(" & ", documentation), string.Join(":::", links), combined, new StatisticCount());
    }

    /// <summary>Title and address of a link; <c>%1</c> and so on stand for what the wildcards of the pattern matched.</summary>
    private static string? Link(string pattern, string link, string title, string tag)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < pattern.Length;)
        {
            var end = i + 1;
            while (pattern[i] == '?' && end < pattern.Length && pattern[end] == '?')
            {
                end++;
            }

            expression.Append(pattern[i] switch
            {
                '?' => $"({new string('.', end - i)})",
                '*' => "(.*)",
                _ => Regex.Escape(pattern[i..end]),
            });
            i = end;
        }

        var match = Regex.Match(tag, expression.Append('$').ToString(), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout);
        if (!match.Success)
        {
            return null;
        }

        title = title.Replace('_', ' ');
        for (var i = 1; i < match.Groups.Count; i++)
        {
            link = link.Replace($"%{i}", match.Groups[i].Value, StringComparison.Ordinal);
            title = title.Replace($"%{i}", match.Groups[i].Value, StringComparison.Ordinal);
        }

        return $"{title}:{link}";
    }

    private void AddSuite(SuiteResult suite, List<SuiteStatistic> suites, int level)
    {
        suites.Add(new SuiteStatistic(suite, StatisticCount.Of(suite)));
        if (_settings.SuiteStatLevel < 0 || level < _settings.SuiteStatLevel)
        {
            foreach (var child in suite.Suites)
            {
                AddSuite(child, suites, level + 1);
            }
        }
    }
}
