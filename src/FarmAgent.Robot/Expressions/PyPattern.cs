using System.Text;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>A compiled regular expression as a value.</summary>
internal sealed class PyPattern(PyRegex regex, bool isBytes) : IPyObject
{
    private static readonly (string Name, PyRegexFlags Flag)[] ShownFlags =
    [
        ("re.IGNORECASE", PyRegexFlags.IgnoreCase), ("re.MULTILINE", PyRegexFlags.Multiline), ("re.DOTALL", PyRegexFlags.DotAll),
        ("re.VERBOSE", PyRegexFlags.Verbose), ("re.ASCII", PyRegexFlags.Ascii),
    ];

    public string TypeName => "Pattern";

    public string Repr() => $"re.compile({PyText.Repr(Wrap(regex.Pattern))}{FlagText()})";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "pattern" => Wrap(regex.Pattern),
            "flags" => (long)(regex.Flags | PyRegexFlags.Unicode),
            "groups" => (long)regex.GroupCount,
            "groupindex" => new PyDict(regex.GroupNames.Select(item => new KeyValuePair<object?, object?>(item.Key, (long)item.Value))),
            "search" or "match" or "fullmatch" or "findall" or "finditer" or "sub" or "subn" or "split" =>
                new PyFunction(name, arguments => Run(name, arguments), "re.Pattern"),
            _ => null,
        };
        return value is not null;
    }

    private string FlagText() => string.Concat(ShownFlags
        .Where(shown => !isBytes && regex.Flags.HasFlag(shown.Flag))
        .Select((shown, i) => (i == 0 ? ", " : "|") + shown.Name));

    /// <summary>Text or bytes, as the pattern is.</summary>
    public object? Wrap(string? text) => isBytes && text is not null ? Encoding.Latin1.GetBytes(text) : text;

    private string Unwrap(object? value) => (isBytes, value) switch
    {
        (false, string text) => text,
        (true, byte[] or PyByteArray) => PyBytes.ToLatin1(PyBytes.Of(value)),
        (false, byte[] or PyByteArray) => throw PyErrorException.TypeError("cannot use a string pattern on a bytes-like object"),
        (true, string) => throw PyErrorException.TypeError("cannot use a bytes pattern on a string-like object"),
        _ => throw PyErrorException.TypeError($"expected string or bytes-like object, got '{PyTypeNames.Of(value)}'"),
    };

    private object? Run(string name, CallArguments arguments)
    {
        switch (name)
        {
            case "sub" or "subn":
                var (text, count) = Substitute(arguments.Expect(2, 3));
                return name == "sub" ? Wrap(text) : new PyTuple(Wrap(text), (long)count);
            case "split":
                return new PyList(regex.Split(Unwrap(arguments.Expect(1, 2).Get(0, "string")), arguments.Integer(1, "maxsplit", 0)).Select(Wrap));
        }

        var subject = Unwrap(arguments.Expect(1, 3).Get(0, "string"));
        var start = PyCodePoints.ToUtf16Index(subject, Math.Max(0, arguments.Integer(1, "pos", 0)));
        return name switch
        {
            "search" => Of(regex.Search(subject, start)),
            "match" => Of(regex.Match(subject, start)),
            "fullmatch" => Of(regex.FullMatch(subject)),
            "finditer" => new PyGenerator("callable_iterator", EvaluationBudget.Count(regex.FindAll(subject).Select(Of))),
            _ => new PyList(EvaluationBudget.Count(regex.FindAll(subject).Select(FindAllItem))),
        };
    }

    private PyMatch? Of(PyRegexMatch? match) => match is null ? null : new PyMatch(match, this);

    private object? FindAllItem(PyRegexMatch match) => regex.GroupCount switch
    {
        0 => Wrap(match.Value),
        1 => Wrap(match.Group(1) ?? string.Empty),
        _ => new PyTuple([.. Enumerable.Range(1, regex.GroupCount).Select(i => Wrap(match.Group(i) ?? string.Empty))]),
    };

    private (string Text, int Count) Substitute(CallArguments arguments)
    {
        var replacement = arguments.Get(0, "repl");
        var subject = Unwrap(arguments.Get(1, "string"));
        var count = arguments.Integer(2, "count", 0);
        if (replacement is IPyCallable)
        {
            return regex.Replace(subject, match => Unwrap(PyCalls.Call(replacement, [Of(match)])), count);
        }

        return regex.Replace(subject, PyRegexTemplate.Parse(Unwrap(replacement), regex).Expand, count);
    }
}

/// <summary>A match as a value.</summary>
internal sealed class PyMatch(PyRegexMatch match, PyPattern pattern) : IPyObject, IPyIndexable
{
    public string TypeName => "Match";

    public int Count => match.Regex.GroupCount + 1;

    public string Repr()
    {
        var (start, end) = Span(0L);
        return $"<re.Match object; span=({start}, {end}), match={PyText.Repr(pattern.Wrap(match.Value))}>";
    }

    public object? GetItem(object? key) => pattern.Wrap(match.Group(key));

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "string" => pattern.Wrap(match.Text),
            "re" => pattern,
            "lastindex" => null,
            "group" => new PyFunction(name, Group, "re.Match"),
            "groups" => new PyFunction(name, arguments => new PyTuple([.. Numbers().Select(i => match.Group(i) is { } text ? pattern.Wrap(text) : arguments.Get(0, "default"))])),
            "groupdict" => new PyFunction(name, arguments => new PyDict(match.Regex.GroupNames.Select(item =>
                new KeyValuePair<object?, object?>(item.Key, match.Group(item.Value) is { } text ? pattern.Wrap(text) : arguments.Get(0, "default"))))),
            "start" => new PyFunction(name, arguments => Span(arguments.Get(0, "group", 0L)).Start),
            "end" => new PyFunction(name, arguments => Span(arguments.Get(0, "group", 0L)).End),
            "span" => new PyFunction(name, arguments => Span(arguments.Get(0, "group", 0L)) is var (start, end) ? new PyTuple(start, end) : null),
            "expand" => new PyFunction(name, arguments => pattern.Wrap(PyRegexTemplate.Parse(arguments.Expect(1, 1).Text(0, "template"), match.Regex).Expand(match))),
            _ => null,
        };
        return value is not null;
    }

    private IEnumerable<int> Numbers() => Enumerable.Range(1, match.Regex.GroupCount);

    private (long Start, long End) Span(object? key)
    {
        var (start, end) = match.Span(key);
        return (PyCodePoints.FromUtf16Index(match.Text, start), PyCodePoints.FromUtf16Index(match.Text, end));
    }

    private object? Group(CallArguments arguments) => arguments.Count switch
    {
        0 => pattern.Wrap(match.Value),
        1 => GetItem(arguments[0]),
        _ => new PyTuple([.. arguments.Positional.Select(GetItem)]),
    };
}
