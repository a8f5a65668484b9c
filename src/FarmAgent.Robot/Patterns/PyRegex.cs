using System.Text.RegularExpressions;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Patterns;

/// <summary>A regular expression with Python's syntax and matching rules.</summary>
internal sealed class PyRegex
{
    /// <summary>A pattern that backtracks longer than this ends with TimeoutError.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly PyRegexTranslator _translated;
    private readonly Lazy<Regex> _search;
    private readonly Lazy<Regex> _match;
    private readonly Lazy<Regex> _fullMatch;

    private PyRegex(string pattern, PyRegexFlags flags)
    {
        Pattern = pattern;
        _translated = PyRegexTranslator.Translate(pattern, flags);
        var options = RegexOptions.CultureInvariant;
        options |= _translated.Flags.HasFlag(PyRegexFlags.IgnoreCase) ? RegexOptions.IgnoreCase : 0;
        options |= _translated.Flags.HasFlag(PyRegexFlags.Multiline) ? RegexOptions.Multiline : 0;
        options |= _translated.Flags.HasFlag(PyRegexFlags.DotAll) ? RegexOptions.Singleline : 0;
        _search = new(() => Create(_translated.Result, options));
        _match = new(() => Create($"\\G(?:{_translated.Result})", options));
        _fullMatch = new(() => Create($"\\G(?:{_translated.Result})\\z", options));
    }

    /// <summary>As it was written.</summary>
    public string Pattern { get; }

    public PyRegexFlags Flags => _translated.Flags;

    public int GroupCount => _translated.GroupCount;

    public IReadOnlyDictionary<string, int> GroupNames => _translated.GroupNames;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="PyErrorException">Python's <c>error</c> with the position of the mistake.</exception>
    public static PyRegex Compile(string pattern, PyRegexFlags flags = PyRegexFlags.None) => new(pattern, flags);

    /// <summary>The first match anywhere.</summary>
    public PyRegexMatch? Search(string text, int start = 0) => Find(_search.Value, text, start);

    /// <summary>A match that begins at the start.</summary>
    public PyRegexMatch? Match(string text, int start = 0) => Find(_match.Value, text, start);

    /// <summary>A match of the whole text.</summary>
    public PyRegexMatch? FullMatch(string text) => Find(_fullMatch.Value, text, 0);

    /// <summary>All matches from left to right, without overlap.</summary>
    public IEnumerable<PyRegexMatch> FindAll(string text)
    {
        for (var match = Search(text); match is not null; match = Next(match))
        {
            yield return match;
        }
    }

    /// <summary>The text with the first matches (all for zero) replaced.</summary>
    public (string Text, int Count) Replace(string text, Func<PyRegexMatch, string> replacement, int count)
    {
        var output = new System.Text.StringBuilder();
        var (position, done) = (0, 0);
        foreach (var match in FindAll(text))
        {
            if (count > 0 && done >= count)
            {
                break;
            }

            output.Append(text, position, match.Start - position).Append(replacement(match));
            position = match.End;
            done++;
        }

        return (output.Append(text, position, text.Length - position).ToString(), done);
    }

    /// <summary>The text with matches replaced by a template that may refer to groups.</summary>
    public string Replace(string text, string template, int count)
    {
        var parsed = PyRegexTemplate.Parse(template, this);
        return Replace(text, parsed.Expand, count).Text;
    }

    /// <summary>The parts between the matches, with the groups of each match between them.</summary>
    public List<string?> Split(string text, int maximum)
    {
        var parts = new List<string?>();
        var position = 0;
        foreach (var match in FindAll(text))
        {
            if (maximum > 0 && parts.Count >= maximum * (GroupCount + 1))
            {
                break;
            }

            parts.Add(text[position..match.Start]);
            for (var i = 1; i <= GroupCount; i++)
            {
                parts.Add(match.Group(i));
            }

            position = match.End;
        }

        parts.Add(text[position..]);
        return parts;
    }

    private static Regex Create(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options, Limit);
        }
        catch (RegexParseException error)
        {
            throw new PyErrorException("error", $"{error.Message} at position {error.Offset}");
        }
    }

    private PyRegexMatch? Find(Regex regex, string text, int start)
    {
        try
        {
            var match = regex.Match(text, Math.Min(start, text.Length));
            return match.Success ? new PyRegexMatch(this, match, text) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            throw new PyErrorException("TimeoutError", $"matching the regular expression {PyText.Repr(Pattern)} needs too long");
        }
    }

    private PyRegexMatch? Next(PyRegexMatch match)
    {
        try
        {
            var next = match.Inner.NextMatch();
            return next.Success ? new PyRegexMatch(this, next, match.Text) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            throw new PyErrorException("TimeoutError", $"matching the regular expression {PyText.Repr(Pattern)} needs too long");
        }
    }
}
