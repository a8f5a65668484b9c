using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Methods of text.</summary>
internal static class StringMethods
{
    public static readonly FrozenDictionary<string, PyMethod> Table = new Dictionary<string, PyMethod>
    {
        ["upper"] = (self, arguments) => UnicodeCase.Upper(Of(self, arguments)),
        ["lower"] = (self, arguments) => UnicodeCase.Lower(Of(self, arguments)),
        ["casefold"] = (self, arguments) => UnicodeCase.Fold(Of(self, arguments)),
        ["title"] = (self, arguments) => Title(Of(self, arguments)),
        ["capitalize"] = (self, arguments) => Capitalize(Of(self, arguments)),
        ["swapcase"] = (self, arguments) => SwapCase(Of(self, arguments)),
        ["strip"] = (self, arguments) => Strip((string)self, arguments.Expect(0, 1).Get(0, "chars"), true, true),
        ["lstrip"] = (self, arguments) => Strip((string)self, arguments.Expect(0, 1).Get(0, "chars"), true, false),
        ["rstrip"] = (self, arguments) => Strip((string)self, arguments.Expect(0, 1).Get(0, "chars"), false, true),
        ["split"] = (self, arguments) => StringSplitting.Split((string)self, arguments),
        ["rsplit"] = (self, arguments) => StringSplitting.SplitFromRight((string)self, arguments),
        ["splitlines"] = (self, arguments) =>
            new PyList(PyWhitespace.Lines((string)self, PyTruth.Of(arguments.Expect(0, 1).Get(0, "keepends", false)))),
        ["partition"] = (self, arguments) => StringSplitting.Partition((string)self, arguments.Expect(1, 1).Text(0, "sep"), fromRight: false),
        ["rpartition"] = (self, arguments) => StringSplitting.Partition((string)self, arguments.Expect(1, 1).Text(0, "sep"), fromRight: true),
        ["join"] = (self, arguments) => Join((string)self, arguments.Expect(1, 1)[0]),
        ["replace"] = (self, arguments) => Replace(
            (string)self, arguments.Expect(2, 3).Text(0, "old"), arguments.Text(1, "new"), arguments.Integer(2, "count", -1)),
        ["startswith"] = (self, arguments) => Matches((string)self, arguments.Expect(1, 3), isStart: true),
        ["endswith"] = (self, arguments) => Matches((string)self, arguments.Expect(1, 3), isStart: false),
        ["find"] = (self, arguments) => Find((string)self, arguments.Expect(1, 3), fromRight: false),
        ["rfind"] = (self, arguments) => Find((string)self, arguments.Expect(1, 3), fromRight: true),
        ["index"] = (self, arguments) => Existing(Find((string)self, arguments.Expect(1, 3), fromRight: false)),
        ["rindex"] = (self, arguments) => Existing(Find((string)self, arguments.Expect(1, 3), fromRight: true)),
        ["count"] = (self, arguments) => Count((string)self, arguments.Expect(1, 3)),
        ["format"] = (self, arguments) => PyStrFormat.Format((string)self, arguments.Positional, arguments.Named),
        ["format_map"] = (self, arguments) => PyStrFormat.FormatMap((string)self, arguments.Expect(1, 1)[0]),
        ["zfill"] = (self, arguments) => ZeroFill((string)self, arguments.Expect(1, 1).Integer(0, "width", 0)),
        ["center"] = (self, arguments) => Pad((string)self, arguments, '^'),
        ["ljust"] = (self, arguments) => Pad((string)self, arguments, '<'),
        ["rjust"] = (self, arguments) => Pad((string)self, arguments, '>'),
        ["encode"] = (self, arguments) => PyCodecs.Encode(
            (string)self, (string)arguments.Get(0, "encoding", "utf-8")!, (string)arguments.Get(1, "errors", "strict")!),
        ["expandtabs"] = (self, arguments) => ExpandTabs((string)self, arguments.Integer(0, "tabsize", 8)),
        ["removeprefix"] = (self, arguments) => ((string)self).StartsWith(arguments.Expect(1, 1).Text(0, "prefix"), StringComparison.Ordinal)
            ? ((string)self)[arguments.Text(0, "prefix").Length..]
            : self,
        ["removesuffix"] = (self, arguments) => ((string)self).EndsWith(arguments.Expect(1, 1).Text(0, "suffix"), StringComparison.Ordinal)
            ? ((string)self)[..^arguments.Text(0, "suffix").Length]
            : self,
        ["translate"] = (self, arguments) => Translate((string)self, arguments.Expect(1, 1)[0]),
        ["isdigit"] = (self, arguments) => All(Of(self, arguments), rune => StringKinds.IsDigit(rune)),
        ["isdecimal"] = (self, arguments) => All(Of(self, arguments), rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber),
        ["isnumeric"] = (self, arguments) => All(Of(self, arguments), rune => StringKinds.IsNumeric(rune)),
        ["isalpha"] = (self, arguments) => All(Of(self, arguments), Rune.IsLetter),
        ["isalnum"] = (self, arguments) => All(Of(self, arguments), rune => Rune.IsLetter(rune) || StringKinds.IsNumeric(rune)),
        ["isspace"] = (self, arguments) => Of(self, arguments).Length > 0 && ((string)self).All(PyWhitespace.Contains),
        ["isupper"] = (self, arguments) => StringKinds.IsUpper(Of(self, arguments)),
        ["islower"] = (self, arguments) => StringKinds.IsLower(Of(self, arguments)),
        ["istitle"] = (self, arguments) => StringKinds.IsTitle(Of(self, arguments)),
        ["isascii"] = (self, arguments) => Ascii.IsValid(Of(self, arguments)),
        ["isprintable"] = (self, arguments) => Of(self, arguments).EnumerateRunes().All(rune => PyStringLiteral.IsPrintable(rune.Value)),
        ["isidentifier"] = (self, arguments) => StringKinds.IsIdentifier(Of(self, arguments)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Strip(string text, object? characters, bool left, bool right)
    {
        if (characters is not (null or string))
        {
            throw PyErrorException.TypeError("strip arg must be None or str");
        }

        var set = characters is string given ? given.ToCharArray() : PyWhitespace.All;
        if (set.Length == 0)
        {
            return text;
        }

        text = left ? text.TrimStart(set) : text;
        return right ? text.TrimEnd(set) : text;
    }

    public static string Title(string text)
    {
        var output = new StringBuilder(text.Length);
        var isInWord = false;
        foreach (var character in PyCodePoints.Split(text))
        {
            var isCased = StringKinds.IsCased(character);
            output.Append(!isCased ? character : isInWord ? UnicodeCase.Lower(character) : UnicodeCase.Title(character));
            isInWord = isCased;
        }

        return output.ToString();
    }

    public static string Replace(string text, string old, string replacement, int count)
    {
        if (count == 0)
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        var position = 0;
        if (old.Length == 0)
        {
            // An empty text is found between all characters.
            foreach (var character in PyCodePoints.Split(text))
            {
                output.Append(count-- != 0 ? replacement : string.Empty).Append(character);
                count = Math.Max(count, -1);
                if (count == 0)
                {
                    replacement = string.Empty;
                }
            }

            return output.Append(count != 0 ? replacement : string.Empty).ToString();
        }

        while (count != 0)
        {
            var found = text.IndexOf(old, position, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            output.Append(text, position, found - position).Append(replacement);
            EvaluationBudget.Allocate(output.Length);
            position = found + old.Length;
            count--;
        }

        return output.Append(text, position, text.Length - position).ToString();
    }

    private static string Of(object self, CallArguments arguments)
    {
        arguments.Expect(0, 0);
        return (string)self;
    }

    private static bool All(string text, Func<Rune, bool> condition) => text.Length > 0 && text.EnumerateRunes().All(condition);

    private static string Capitalize(string text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var first = PyCodePoints.Split(text).First();
        return UnicodeCase.Title(first) + UnicodeCase.Lower(text[first.Length..]);
    }

    private static string SwapCase(string text) => string.Concat(PyCodePoints.Split(text).Select(character =>
        UnicodeCase.Upper(character) != character ? UnicodeCase.Upper(character) : UnicodeCase.Lower(character)));

    private static string Join(string separator, object? items)
    {
        var texts = new List<string>();
        var length = 0L;
        foreach (var item in EvaluationBudget.Count(PyIteration.TryGetItems(items) ?? throw PyErrorException.TypeError("can only join an iterable")))
        {
            var text = item as string ?? throw PyErrorException.TypeError(
                $"sequence item {texts.Count}: expected str instance, {PyTypeNames.Of(item)} found");
            length += text.Length + separator.Length;
            EvaluationBudget.Allocate(text.Length);
            texts.Add(text);
        }

        EvaluationBudget.Allocate(length);
        return string.Join(separator, texts);
    }

    private static (int Start, int Stop) Range(string text, CallArguments arguments)
    {
        if (arguments.Count == 1)
        {
            return (0, text.Length);
        }

        var (start, stop, _) = new PySlice(arguments.Get(1, "start"), arguments.Get(2, "end"), null).Bounds(PyCodePoints.Length(text));
        return (PyCodePoints.ToUtf16Index(text, start), PyCodePoints.ToUtf16Index(text, stop));
    }

    private static bool Matches(string text, CallArguments arguments, bool isStart)
    {
        var (start, stop) = Range(text, arguments);
        var part = start <= stop ? text[start..stop] : null;
        var method = isStart ? "startswith" : "endswith";
        IEnumerable<object?> affixes = arguments[0] switch
        {
            string single => [single],
            PyTuple several => several,
            _ => throw PyErrorException.TypeError($"{method} first arg must be str or a tuple of str, not {PyTypeNames.Of(arguments[0])}"),
        };
        return affixes.Any(affix => affix is string wanted
            ? part is not null && (isStart ? part.StartsWith(wanted, StringComparison.Ordinal) : part.EndsWith(wanted, StringComparison.Ordinal))
            : throw PyErrorException.TypeError($"tuple for {method} must only contain str, not {PyTypeNames.Of(affix)}"));
    }

    private static long Find(string text, CallArguments arguments, bool fromRight)
    {
        var wanted = arguments[0] as string ?? throw PyErrorException.TypeError($"must be str, not {PyTypeNames.Of(arguments[0])}");
        var (start, stop) = Range(text, arguments);
        if (start > stop)
        {
            return -1;
        }

        var part = text[start..stop];
        var found = fromRight ? part.AsSpan().LastIndexOf(wanted) : part.IndexOf(wanted, StringComparison.Ordinal);
        found = fromRight && wanted.Length == 0 ? part.Length : found;
        return found < 0 ? -1 : PyCodePoints.FromUtf16Index(text, start + found);
    }

    private static object Existing(long index) => index < 0 ? throw PyErrorException.ValueError("substring not found") : index;

    private static long Count(string text, CallArguments arguments)
    {
        var wanted = arguments[0] as string ?? throw PyErrorException.TypeError($"must be str, not {PyTypeNames.Of(arguments[0])}");
        var (start, stop) = Range(text, arguments);
        if (start > stop)
        {
            return 0;
        }

        if (wanted.Length == 0)
        {
            return PyCodePoints.Length(text[start..stop]) + 1;
        }

        var count = 0L;
        for (var i = text.IndexOf(wanted, start, stop - start, StringComparison.Ordinal); i >= 0;
            i = text.IndexOf(wanted, i + wanted.Length, stop - i - wanted.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    private static string ZeroFill(string text, int width)
    {
        var missing = width - PyCodePoints.Length(text);
        if (missing <= 0)
        {
            return text;
        }

        EvaluationBudget.Allocate(missing);
        var signs = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        return text[..signs] + new string('0', missing) + text[signs..];
    }

    private static string Pad(string text, CallArguments arguments, char align)
    {
        var missing = arguments.Expect(1, 2).Integer(0, "width", 0) - PyCodePoints.Length(text);
        var fill = arguments.Count == 2 ? arguments.Text(1, "fillchar") : " ";
        if (PyCodePoints.Length(fill) != 1)
        {
            throw PyErrorException.TypeError("The fill character must be exactly one character long");
        }

        if (missing <= 0)
        {
            return text;
        }

        EvaluationBudget.Allocate(missing);
        var left = align switch
        {
            '<' => 0,
            '>' => missing,
            _ => (missing / 2) + (missing & (missing + PyCodePoints.Length(text)) & 1),
        };
        return string.Concat(Enumerable.Repeat(fill, left)) + text + string.Concat(Enumerable.Repeat(fill, missing - left));
    }

    private static string ExpandTabs(string text, int size)
    {
        var output = new StringBuilder();
        var column = 0;
        foreach (var c in text)
        {
            if (c == '\t')
            {
                var spaces = size > 0 ? size - (column % size) : 0;
                EvaluationBudget.Allocate(spaces);
                output.Append(' ', spaces);
                column += spaces;
                continue;
            }

            output.Append(c);
            column = c is '\n' or '\r' ? 0 : column + 1;
        }

        return output.ToString();
    }

    private static string Translate(string text, object? table)
    {
        var output = new StringBuilder();
        foreach (var character in PyCodePoints.Split(text))
        {
            object? mapped = character;
            if (table is PyDict dict && dict.TryGetValue((long)char.ConvertToUtf32(character, 0), out var found))
            {
                mapped = found;
            }

            output.Append(mapped is long code ? char.ConvertFromUtf32((int)code) : mapped as string ?? string.Empty);
        }

        return output.ToString();
    }
}
