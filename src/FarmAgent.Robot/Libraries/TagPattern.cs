namespace FarmAgent.Robot.Libraries;

/// <summary>A pattern over a set of tags, with AND, OR and NOT.</summary>
internal abstract class TagPattern
{
    /// <summary>Whether a set of tags matches.</summary>
    public abstract bool Matches(IReadOnlyList<string> tags);

    /// <summary>Reads a pattern. NOT binds weakest, then OR, then AND.</summary>
    public static TagPattern Parse(string pattern)
    {
        var text = pattern.Replace("&", "AND", StringComparison.Ordinal);
        if (text.Contains("NOT", StringComparison.Ordinal))
        {
            var parts = text.Split("NOT");
            return new Not(parts[0].Trim().Length == 0 ? null : Parse(parts[0]), [.. parts.Skip(1).Select(Parse)]);
        }

        if (text.Contains("OR", StringComparison.Ordinal))
        {
            return new Or([.. text.Split("OR").Select(Parse)]);
        }

        return text.Contains("AND", StringComparison.Ordinal) ? new And([.. text.Split("AND").Select(Parse)]) : new Single(text);
    }

    private sealed class Single(string text) : TagPattern
    {
        private readonly GlobPattern _pattern = GlobPattern.ForNames(text);

        public override bool Matches(IReadOnlyList<string> tags) => tags.Any(_pattern.Matches);
    }

    private sealed class And(IReadOnlyList<TagPattern> parts) : TagPattern
    {
        public override bool Matches(IReadOnlyList<string> tags) => parts.All(part => part.Matches(tags));
    }

    private sealed class Or(IReadOnlyList<TagPattern> parts) : TagPattern
    {
        public override bool Matches(IReadOnlyList<string> tags) => parts.Any(part => part.Matches(tags));
    }

    private sealed class Not(TagPattern? wanted, IReadOnlyList<TagPattern> unwanted) : TagPattern
    {
        public override bool Matches(IReadOnlyList<string> tags) =>
            (wanted?.Matches(tags) ?? true) && !unwanted.Any(part => part.Matches(tags));
    }
}
