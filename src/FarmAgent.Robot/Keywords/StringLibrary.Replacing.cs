using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Patterns;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Replacing and removing.</content>
internal sealed partial class StringLibrary
{
    private static IEnumerable<KeywordDescriptor> Replacing() =>
    [
        Plain("Replace String", $"{Subject}, search_for: str | bytes, replace_with: str | bytes, count: int=-1", (_, a) =>
        {
            var subject = SubjectOf(a);
            var count = (int)Math.Clamp(a.Integer("count"), -1, int.MaxValue);
            return subject.Wrap(StringMethods.Replace(subject.Text, subject.Other(a["search_for"]), subject.Other(a["replace_with"]), count));
        }),
        Plain(
            "Replace String Using Regexp",
            $"{Subject}, pattern: str | bytes, replace_with: str | bytes, count: int=-1, flags: str | None=None",
            (_, a) =>
            {
                var subject = SubjectOf(a);
                return a.Integer("count") == 0
                    ? a["string"]
                    : subject.Wrap(Regexp(a, "pattern").Replace(
                        subject.Text, subject.Other(a["replace_with"]), (int)Math.Clamp(a.Integer("count"), 0, int.MaxValue)));
            }),
        Plain("Remove String", $"{Subject}, *removables: str | bytes", (_, a) =>
        {
            var subject = SubjectOf(a);
            return subject.Wrap(a.Varargs.Aggregate(subject.Text, (text, part) => StringMethods.Replace(text, subject.Other(part), string.Empty, -1)));
        }),
        Plain("Remove String Using Regexp", $"{Subject}, *patterns: str | bytes, flags: str | None=None", (_, a) =>
        {
            var subject = SubjectOf(a);
            var flags = PyRegexFlagNames.Parse(a.OptionalText("flags"));
            return subject.Wrap(a.Varargs.Aggregate(
                subject.Text, (text, pattern) => PyRegex.Compile(subject.Other(pattern), flags).Replace(text, string.Empty, 0)));
        }),
    ];
}
