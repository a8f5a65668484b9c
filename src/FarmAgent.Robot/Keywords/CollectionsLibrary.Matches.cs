using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Items that match a pattern.</content>
internal sealed partial class CollectionsLibrary
{
    private const string MatchOptions = "case_insensitive: bool | None=None, whitespace_insensitive: bool | None=None, "
        + "ignore_case: bool=False, ignore_whitespace: bool=False";

    private static IEnumerable<KeywordDescriptor> Matching() =>
    [
        Plain("Get Matches", $"list: {ListLike}, pattern: str, {MatchOptions}", (_, a) => new PyList(Matches(a))),
        Plain("Get Match Count", $"list: {ListLike}, pattern: str, {MatchOptions}", (_, a) => (long)Matches(a).Count),
        Assertion("Should Contain Match", $"list: {ListLike}, pattern: str, msg: str | None=None, {MatchOptions}", (_, a) =>
            CheckMatch(a, isWanted: true)),
        Assertion("Should Not Contain Match", $"list: {ListLike}, pattern: str, msg: str | None=None, {MatchOptions}", (_, a) =>
            CheckMatch(a, isWanted: false)),
    ];

    private static void CheckMatch(KeywordArguments a, bool isWanted)
    {
        if (Matches(a).Count > 0 != isWanted)
        {
            var list = AssignMessages.FormatList(PyIteration.Items(a["list"]));
            var relation = isWanted ? "does not contain" : "contains";
            throw Failure($"{list} {relation} match for pattern '{a.Text("pattern")}'.", a.OptionalText("msg"));
        }
    }

    private static List<object?> Matches(KeywordArguments a)
    {
        var ignoreCase = PyTruth.Of(a["case_insensitive"] ?? a["ignore_case"]);
        var ignoreSpace = PyTruth.Of(a["whitespace_insensitive"] ?? a["ignore_whitespace"]);
        string Normalize(string text)
        {
            text = ignoreSpace ? string.Concat(PyWhitespace.Words(text)) : text;
            return ignoreCase ? UnicodeCase.Fold(text) : text;
        }

        var pattern = a.Text("pattern");
        Func<string, bool> matches;
        if (pattern.StartsWith("regexp=", StringComparison.Ordinal))
        {
            var regex = PyRegex.Compile(Normalize(pattern["regexp=".Length..]), PyRegexFlags.DotAll);
            matches = text => regex.Match(Normalize(text)) is not null;
        }
        else
        {
            pattern = pattern.StartsWith("glob=", StringComparison.Ordinal) ? pattern["glob=".Length..] : pattern;
            matches = new GlobPattern(pattern, Normalize).Matches;
        }

        return [.. PyIteration.Items(a["list"]).Where(item => item is string text && matches(text))];
    }
}
