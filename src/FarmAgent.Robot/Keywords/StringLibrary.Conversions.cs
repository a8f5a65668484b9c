using System.Text;
using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Case, encodings, templates, random text.</content>
internal sealed partial class StringLibrary
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Exclude = "exclude: str | bytes | list[str | bytes] | None=None";

    private static readonly (string Mark, string Characters)[] RandomMarks =
    [
        ("[LOWER]", Lower), ("[UPPER]", Lower.ToUpperInvariant()), ("[LETTERS]", Lower + Lower.ToUpperInvariant()), ("[NUMBERS]", "0123456789"),
        ("[ARABIC]", string.Concat(Enumerable.Range(0x600, 0x100).Select(code => (char)code))),
        ("[POLISH]", Lower + Lower.ToUpperInvariant() + "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"),
    ];

    private static IEnumerable<KeywordDescriptor> Conversions() =>
    [
        Plain("Convert To Lower Case", Subject, (_, a) => SubjectOf(a).Wrap(Cased(SubjectOf(a), UnicodeCase.Lower))),
        Plain("Convert To Upper Case", Subject, (_, a) => SubjectOf(a).Wrap(Cased(SubjectOf(a), UnicodeCase.Upper))),
        Plain("Convert To Title Case", $"{Subject}, {Exclude}", (_, a) => SubjectOf(a).Wrap(TitleCased(SubjectOf(a), a["exclude"]))),
        Plain("Encode String To Bytes", "string: str, encoding: str, errors: str='strict'", (_, a) =>
            PyCodecs.Encode(a.Text("string"), a.Text("encoding"), a.Text("errors"))),
        Plain("Decode Bytes To String", "bytes: bytes, encoding: str, errors: str='strict'", (_, a) =>
            PyCodecs.Decode(PyBytes.Of(a["bytes"]!), a.Text("encoding"), a.Text("errors"))),
        Plain("Format String", "template: str | bytes, /, *positional: object, **named: object", FormatTemplate),
        Plain("Generate Random String", "length: int | str=8, chars: str='[LETTERS][NUMBERS]'", RandomText),
    ];

    /// <summary>Bytes change case only within ASCII.</summary>
    private static string Cased(TextOrBytes subject, Func<string, string> change) => subject.IsBytes
        ? string.Concat(subject.Text.Select(c => char.IsAscii(c) ? change(c.ToString()) : c.ToString()))
        : change(subject.Text);

    private static string TitleCased(TextOrBytes subject, object? exclude)
    {
        var patterns = exclude switch
        {
            string text => text.Split(',').Select(item => (object?)item.Trim(PyWhitespace.All)),
            byte[] bytes => PyBytes.ToLatin1(bytes).Split(',').Select(item => (object?)item.Trim(PyWhitespace.All)),
            null => [],
            _ => PyIteration.Items(exclude),
        };
        var excluded = patterns.Select(pattern => Compile(subject.Other(pattern))).ToList();
        var output = new StringBuilder();
        var words = PyRegex.Compile(@"(\s+)").Split(subject.Text, 0);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i] ?? string.Empty;
            output.Append(i % 2 == 0 && StringKinds.IsLower(word) && !excluded.Exists(regex => regex.FullMatch(word) is not null)
                ? TitleWord(word)
                : word);
        }

        return output.ToString();
    }

    private static PyRegex Compile(string pattern)
    {
        try
        {
            return PyRegex.Compile(pattern);
        }
        catch (PyErrorException error)
        {
            throw PyErrorException.ValueError(
                $"Compiling exclude pattern {PyText.Repr(pattern)} to a regular expression failed: {error.Message}");
        }
    }

    private static string TitleWord(string word)
    {
        var index = word.ToList().FindIndex(c => char.IsLetter(c));
        return index < 0 ? word : word[..index] + UnicodeCase.Title(word.Substring(index, 1)) + word[(index + 1)..];
    }

    private static object? FormatTemplate(IKeywordContext context, KeywordArguments a)
    {
        var template = TextOrBytes.Of(a["template"]);
        var text = template.Text;
        if (text.StartsWith('/') && File.Exists(text))
        {
            context.Log($"Reading template from file <a href=\"{text}\">{text}</a>.", html: true);
            text = File.ReadAllText(text).Replace("\r\n", "\n", StringComparison.Ordinal);
        }

        object? Adapt(object? value) => template.IsBytes && PyBytes.IsBytes(value) ? PyBytes.ToLatin1(PyBytes.Of(value!)) : value;
        var result = PyStrFormat.Format(
            text, [.. a.Varargs.Select(Adapt)], a.Free.ToDictionary(item => item.Key, item => Adapt(item.Value), StringComparer.Ordinal));
        return template.IsBytes ? template.Wrap(template.Other(result)) : result;
    }

    private static object? RandomText(IKeywordContext context, KeywordArguments a)
    {
        var given = WithoutEmpty(context, a, "length", 8L);
        long length;
        if (given is string text && PyRegex.Compile(@"\d+-\d+").FullMatch(text) is not null)
        {
            var bounds = text.Split('-');
            length = Random.Shared.NextInt64(ToLength(bounds[0]), ToLength(bounds[1]) + 1);
        }
        else
        {
            length = ToLength(given);
        }

        var characters = a.Text("chars");
        foreach (var (mark, replacement) in RandomMarks)
        {
            characters = characters.Replace(mark, replacement, StringComparison.Ordinal);
        }

        EvaluationBudget.Allocate(length);
        var output = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            output.Append(characters[Random.Shared.Next(characters.Length)]);
        }

        return output.ToString();
    }

    private static long ToLength(object? value) => value is long number
        ? number
        : value is string text && PyNumberParser.TryInteger(text, 10, out var parsed) && parsed is long length
            ? length
            : throw Tracebacks.Attach(
                PyErrorException.ValueError($"Cannot convert 'length' argument {PyText.Repr(value)} to an integer."),
                $"ValueError: invalid literal for int() with base 10: {PyText.Repr(value)}");
}
