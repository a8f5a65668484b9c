using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Lines and matches.</content>
internal sealed partial class StringLibrary
{
    private const string Bounds = "start: int | Literal[''] | None=0, end: int | Literal[''] | None=None";
    private const string LinePattern = $"{Subject}, pattern: str | bytes, case_insensitive: bool | None=None, ignore_case: bool=False";

    private static IEnumerable<KeywordDescriptor> LineKeywords() =>
    [
        Plain("Get Line Count", Subject, (context, a) =>
        {
            var count = SubjectOf(a).Lines().Count;
            context.Log($"{count} lines.");
            return (long)count;
        }),
        Plain("Split To Lines", $"{Subject}, {Bounds}", (context, a) =>
        {
            var lines = (PyList)PySubscript.Get(SubjectOf(a).Wrap(SubjectOf(a).Lines()), Slice(context, a))!;
            context.Log($"{lines.Count} line{ItemTexts.Plural(lines.Count)} returned.");
            return lines;
        }),
        Plain("Get Line", $"{Subject}, line_number: int", (_, a) =>
            PySubscript.Get(SubjectOf(a).Wrap(SubjectOf(a).Lines()), a["line_number"])),
        Plain("Get Lines Containing String", LinePattern, (context, a) =>
        {
            var fold = Folding(a);
            var pattern = fold(SubjectOf(a).Other(a["pattern"]));
            return MatchingLines(context, a, line => fold(line).Contains(pattern, StringComparison.Ordinal));
        }),
        Plain("Get Lines Matching Pattern", LinePattern, (context, a) =>
            MatchingLines(context, a, new GlobPattern(SubjectOf(a).Other(a["pattern"]), Folding(a)).Matches)),
        Plain(
            "Get Lines Matching Regexp", $"{Subject}, pattern: str | bytes, partial_match: bool=False, flags: str | None=None", (context, a) =>
            {
                var regex = Regexp(a, "pattern");
                return PyTruth.Of(a["partial_match"])
                    ? MatchingLines(context, a, line => regex.Search(line) is not null)
                    : MatchingLines(context, a, line => regex.FullMatch(line) is not null);
            }),
        Plain("Get Regexp Matches", $"{Subject}, pattern: str | bytes, *groups: int | str, flags: str | None=None", (_, a) =>
        {
            var subject = SubjectOf(a);
            var groups = a.Varargs.Select(group => group is string text && PyNumberParser.TryInteger(text, 10, out var number) ? number : group).ToList();
            object? Value(PyRegexMatch match, object? group) => match.Group(group) is { } text ? subject.Wrap(text) : null;
            return new PyList(Regexp(a, "pattern").FindAll(subject.Text).Select(match => groups.Count switch
            {
                0 => subject.Wrap(match.Value),
                1 => Value(match, groups[0]),
                _ => new PyTuple([.. groups.Select(group => Value(match, group))]),
            }));
        }),
    ];

    private static PySlice Slice(IKeywordContext context, KeywordArguments a) =>
        new(WithoutEmpty(context, a, "start", 0L), WithoutEmpty(context, a, "end", 0L), null);

    private static Func<string, string> Folding(KeywordArguments a) =>
        PyTruth.Of(a["case_insensitive"] ?? a["ignore_case"]) ? UnicodeCase.Fold : text => text;

    private static PyRegex Regexp(KeywordArguments a, string name)
    {
        var flags = PyRegexFlagNames.Parse(a.OptionalText("flags"));
        return PyRegex.Compile(SubjectOf(a).Other(a[name]), SubjectOf(a).IsBytes ? flags | PyRegexFlags.Ascii : flags);
    }

    private static object MatchingLines(IKeywordContext context, KeywordArguments a, Func<string, bool> matches)
    {
        var lines = SubjectOf(a).Lines();
        var matching = lines.Where(matches).ToList();
        context.Log($"{matching.Count} out of {lines.Count} lines matched.");
        return SubjectOf(a).Wrap(string.Join('\n', matching));
    }
}
