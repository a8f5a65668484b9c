using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Splitting, fetching, stripping.</content>
internal sealed partial class StringLibrary
{
    private const string Split = $"{Subject}, separator: str | bytes | None=None, max_split: int=-1";

    private static IEnumerable<KeywordDescriptor> Splitting() =>
    [
        Plain("Split String", Split, (context, a) => SplitBy(context, a, StringSplitting.Split)),
        Plain("Split String From Right", Split, (context, a) => SplitBy(context, a, StringSplitting.SplitFromRight)),
        Plain("Split String To Characters", Subject, (_, a) => SubjectOf(a).Wrap(PyCodePoints.Split(SubjectOf(a).Text))),
        Plain("Fetch From Left", $"{Subject}, marker: str | bytes", (_, a) => Fetch(a, 0)),
        Plain("Fetch From Right", $"{Subject}, marker: str | bytes", (_, a) => Fetch(a, -1)),
        Plain("Get Substring", $"{Subject}, {Bounds}", (context, a) => PySubscript.Get(a["string"], Slice(context, a))),
        Plain(
            "Strip String", $"{Subject}, mode: Literal['left', 'right', 'both', 'none']='both', characters: str | bytes | None=None", (_, a) =>
            {
                var subject = SubjectOf(a);
                var characters = a["characters"] is null ? null : subject.Other(a["characters"]);
                var mode = a.Text("mode").ToLowerInvariant();
                return subject.Wrap(StringMethods.Strip(subject.Text, characters, mode is "both" or "left", mode is "both" or "right"));
            }),
    ];

    private static PyList SplitBy(IKeywordContext context, KeywordArguments a, Func<string, object?, int, PyList> split)
    {
        var subject = SubjectOf(a);
        var separator = WithoutEmpty(context, a, "separator", null);
        var parts = split(
            subject.Text,
            separator is null ? null : subject.Other(separator),
            (int)Math.Clamp(a.Integer("max_split"), -1, int.MaxValue));
        return subject.Wrap(parts.Select(part => (string)part!));
    }

    private static object Fetch(KeywordArguments a, long index)
    {
        var subject = SubjectOf(a);
        var parts = StringSplitting.Split(subject.Text, subject.Other(a["marker"]), -1);
        return subject.Wrap((string)PySubscript.Get(parts, index)!);
    }
}
