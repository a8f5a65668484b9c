using System.Collections.Concurrent;

namespace FarmAgent.Robot.Libraries;

/// <summary>A pattern over a set of tags, with AND, OR and NOT.</summary>
internal abstract class TagPattern
{
    // Runs match the same few patterns against every test.
    private static readonly ConcurrentDictionary<string, TagPattern> Parsed = new(StringComparer.Ordinal);

    /// <summary>Whether the pattern is one tag without wildcards.</summary>
    public virtual bool IsConstant => false;

    /// <summary>Whether a set of tags matches.</summary>
    public abstract bool Matches(IReadOnlyList<string> tags);

    /// <summary>Reads a pattern. NOT binds weakest, then OR, then AND.</summary>
    public static TagPattern Parse(string pattern) => Parsed.GetOrAdd(pattern, Create);

    /// <summary>What the original warns about a pattern; <see langword="null"/> if nothing.</summary>
    public static string? Deprecation(string pattern)
    {
        var word = pattern.Contains("NOT", StringComparison.Ordinal) ? "NOT" : pattern.Contains("OR", StringComparison.Ordinal) ? "OR"
            : pattern.Contains("AND", StringComparison.Ordinal) ? "AND" : "";
        var start = $"The behavior of tag pattern '{pattern}' will change in Robot Framework 8.0: ";
        if (word is "" or "AND" && pattern.Contains('&', StringComparison.Ordinal))
        {
            return start + "Boolean operator '&' is deprecated, use 'AND' instead.";
        }

        return word.Length == 0 || Split(pattern, word).All(part => IsClear(part, word))
            ? null
            : $"{start}'{word}' is currently considered to be a Boolean operator, but in the future operators must be surrounded with spaces or tag "
                + "names must be lower case.";
    }

    private static string[] Split(string pattern, string word) => $" {pattern} ".Split(word);

    private static bool IsClear(string part, string word)
    {
        if (part.Length == 0 || (char.IsWhiteSpace(part[0]) && char.IsWhiteSpace(part[^1])))
        {
            return true;
        }

        string[] others = word switch { "NOT" => ["OR", "AND"], "OR" => ["AND"], _ => [] };
        var rest = others.Aggregate(part, (text, other) => text.Replace(other, "", StringComparison.Ordinal));
        return !rest.Any(char.IsUpper);
    }

    private static TagPattern Create(string pattern)
    {
        if (pattern.Contains("NOT", StringComparison.Ordinal))
        {
            var parts = Split(pattern, "NOT");
            return new Not(Create(parts[0]), [.. parts.Skip(1).Select(Create)]);
        }

        if (pattern.Contains("OR", StringComparison.Ordinal))
        {
            return new Or([.. Split(pattern, "OR").Select(Create)]);
        }

        var text = pattern.Replace("&", " AND ", StringComparison.Ordinal);
        return text.Contains("AND", StringComparison.Ordinal) ? new And([.. Split(text, "AND").Select(Create)]) : new Single(text.Trim());
    }

    private sealed class Single(string text) : TagPattern
    {
        private readonly GlobPattern _pattern = GlobPattern.ForNames(text);

        public override bool IsConstant => text.IndexOfAny(['*', '?', '[']) < 0;

        public bool IsEmpty => text.Length == 0;

        public override bool Matches(IReadOnlyList<string> tags) => tags.Any(_pattern.Matches);

        public override string ToString() => text;
    }

    private sealed class And(IReadOnlyList<TagPattern> parts) : TagPattern
    {
        public override bool Matches(IReadOnlyList<string> tags) => parts.All(part => part.Matches(tags));

        public override string ToString() => string.Join(" AND ", parts);
    }

    private sealed class Or(IReadOnlyList<TagPattern> parts) : TagPattern
    {
        public override bool Matches(IReadOnlyList<string> tags) => parts.Any(part => part.Matches(tags));

        public override string ToString() => string.Join(" OR ", parts);
    }

    private sealed class Not(TagPattern wanted, IReadOnlyList<TagPattern> unwanted) : TagPattern
    {
        public override bool Matches(IReadOnlyList<string> tags) =>
            (wanted is Single { IsEmpty: true } || wanted.Matches(tags)) && !unwanted.Any(part => part.Matches(tags));

        public override string ToString() => string.Join(" NOT ", unwanted.Prepend(wanted)).TrimStart();
    }
}
