using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Settings;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Output;

/// <summary>What the options want to be taken out of a log, flattened or opened.</summary>
internal sealed class LogPruning
{
    private readonly HashSet<string> _removed;
    private readonly HashSet<string> _flattened;
    private readonly StepPatterns _cleared;
    private readonly StepPatterns _flattenedKeywords;
    private readonly StepPatterns _expanded;

    public LogPruning(RunSettings settings, TagMatcherFactory matchers)
    {
        _removed = Words(settings.RemoveKeywords);
        _flattened = Words(settings.FlattenKeywords);
        _cleared = new StepPatterns(settings.RemoveKeywords, matchers, GlobPattern.ForNames);
        _flattenedKeywords = new StepPatterns(settings.FlattenKeywords, matchers, SpaceBlind);
        _expanded = new StepPatterns(settings.ExpandKeywords, AnyTag, SpaceBlind);
    }

    /// <summary>Whether nothing is shown below the steps of a test, and no messages beside them.</summary>
    public bool ClearsAll => _removed.Contains("ALL");

    /// <summary>Whether the same holds for tests that pass without a warning.</summary>
    public bool ClearsPassed => _removed.Contains("PASSED");

    /// <summary>Whether the body of a step that has ended goes.</summary>
    public bool Clears(StepResult step, bool hasTrouble) =>
        (ClearsAll && step is not IfResult and not TryResult) || (!hasTrouble && _cleared.Match(step));

    /// <summary>Whether a step shows the messages of all below, without the steps.</summary>
    public bool Flattens(StepResult step) => _flattenedKeywords.Match(step) || (_flattened.Count > 0 && step switch
    {
        ForResult => _flattened.Contains("FOR"),
        WhileResult => _flattened.Contains("WHILE"),
        IterationResult => _flattened.Contains("ITERATION") || _flattened.Contains("FORITEM"),
        _ => false,
    });

    public bool Expands(StepResult step) => step.Status != Status.NotRun && _expanded.Match(step);

    /// <summary>How many rounds of a step stay: the last of a loop, the last failure and success of attempts; 0 for all.</summary>
    public int KeptRounds(StepResult? step) => _removed.Count == 0 ? 0 : step switch
    {
        ForResult when _removed.Contains("FOR") => 1,
        WhileResult when _removed.Contains("WHILE") => 1,
        KeywordResult { Owner: "BuiltIn", Name: "Wait Until Keyword Succeeds" } when _removed.Contains("WUKS") => 2,
        _ => 0,
    };

    private static HashSet<string> Words(List<string> values) => [.. values.Select(value => value.ToUpperInvariant())];

    private static Func<IReadOnlyList<string>, bool> AnyTag(string pattern)
    {
        var glob = SpaceBlind(pattern);
        return tags => tags.Any(glob.Matches);
    }

    private static GlobPattern SpaceBlind(string pattern) => new(pattern, text => NormalizedNames.Normalize(text, ""));
}
