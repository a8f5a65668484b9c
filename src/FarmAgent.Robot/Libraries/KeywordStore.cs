using FarmAgent.Robot.Building;
using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>Keywords of one suite: its own, those of its resource files and of its libraries.</summary>
/// <param name="suite">The suite file.</param>
/// <param name="languages">BDD prefixes.</param>
internal sealed class KeywordStore(ResourceFile suite, Languages languages)
{
    private const int MaxRemembered = 4_096;

    private readonly Dictionary<ResourceFile, KeywordIndex> _indexes = [];
    private readonly Dictionary<(string Name, UserKeyword? Caller, string? Source), FoundKeyword> _found = [];
    private (int Libraries, int Resources, IReadOnlyList<string> SearchOrder) _foundAmong;

    /// <summary>Libraries in the order of their import, by name.</summary>
    public OrderedDictionary<string, LibraryInstance> Libraries { get; } = [];

    /// <summary>Resource files in the order of their import, by path.</summary>
    public OrderedDictionary<string, ResourceFile> Resources { get; } = [];

    public IReadOnlyList<string> SearchOrder { get; set; } = [];

    /// <summary>Finds the keyword for a call.</summary>
    /// <param name="name">Name as written.</param>
    /// <param name="caller">The user keyword whose body the call stands in.</param>
    /// <param name="callerSource">File of the caller or of the test.</param>
    /// <param name="recommend">Whether similar names are looked for.</param>
    public FoundKeyword Find(string name, UserKeyword? caller, string? callerSource, bool recommend = true)
    {
        try
        {
            if (name.Length == 0)
            {
                return new FoundKeyword { Name = name, Error = "Keyword name cannot be empty." };
            }

            return Remembered(name, caller, callerSource) ?? new FoundKeyword { Name = name, Error = NotFound(name, recommend) };
        }
        catch (VariableSyntaxException error)
        {
            return new FoundKeyword { Name = name, Error = error.Message };
        }
    }

    // The same call in a loop means the same keyword until something is imported.
    private FoundKeyword? Remembered(string name, UserKeyword? caller, string? callerSource)
    {
        var among = (Libraries.Count, Resources.Count, SearchOrder);
        if (_foundAmong != among)
        {
            _foundAmong = among;
            _found.Clear();
        }

        if (_found.TryGetValue((name, caller, callerSource), out var known) && (known.Library is not { } keyword || keyword.Owner.Has(keyword)))
        {
            return known;
        }

        var found = FindAny(name, caller, callerSource);
        if (found is not null && _found.Count < MaxRemembered)
        {
            _found[(name, caller, callerSource)] = found;
        }

        return found;
    }

    private static FoundKeyword Result(Candidate candidate, string name, IReadOnlyList<string>? warnings = null) => new()
    {
        Name = candidate.Embedded is not null ? name : candidate.Name,
        MatchedName = name,
        User = candidate.User,
        Library = candidate.Library,
        Warnings = warnings ?? [],
    };

    private FoundKeyword? FindAny(string name, UserKeyword? caller, string? callerSource)
    {
        foreach (var rest in WithoutPrefix(name))
        {
            if (FindExact(rest, caller, callerSource) is { } found)
            {
                return found with { Name = name };
            }
        }

        return FindExact(name, caller, callerSource);
    }

    private IEnumerable<string> WithoutPrefix(string name)
    {
        foreach (var prefix in languages.BddPrefixes)
        {
            if (name.Length > prefix.Length && char.IsWhiteSpace(name[prefix.Length])
                && TitleCase.NormalizeSpaces(name[..prefix.Length]).Equals(prefix, StringComparison.OrdinalIgnoreCase))
            {
                yield return name[prefix.Length..].TrimStart();
            }
        }
    }

    private FoundKeyword? FindExact(string name, UserKeyword? caller, string? callerSource) =>
        FindInSuite(name, caller, callerSource)
        ?? (name.Contains('.', StringComparison.Ordinal) ? FindExplicit(name) : null)
        ?? FindInResources(name, caller)
        ?? FindInLibraries(name);

    private KeywordIndex Index(ResourceFile file)
    {
        if (!_indexes.TryGetValue(file, out var index))
        {
            _indexes[file] = index = new KeywordIndex(file.Keywords);
        }

        return index;
    }

    private FoundKeyword? FindInSuite(string name, UserKeyword? caller, string? callerSource)
    {
        var found = Index(suite).Find(name);
        found = found.Count > 1 ? BestMatches(found) : found;
        if (found.Count > 1)
        {
            throw Multiple(found, name);
        }

        if (found.Count == 0)
        {
            return null;
        }

        var hidden = callerSource is not null && callerSource != suite.Source && caller is not null
            && Resources.Values.Any(file => file.Source == callerSource && Index(file).Find(name).Count > 0);
        return Result(found[0], name, hidden
            ? [
                $"Keyword '{caller!.FullName}' called keyword '{name}' that exists both in the same resource file as the caller and in the suite file "
                + "using that resource. The keyword in the suite file is used now, but this will change in Robot Framework 8.0.",
            ]
            : null);
    }

    private FoundKeyword? FindExplicit(string name)
    {
        var found = new List<(Candidate Candidate, string Name)>();
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            var (owner, rest) = (NormalizedNames.Normalize(name[..dot]), name[(dot + 1)..]);
            found.AddRange(Libraries.Values.Where(library => NormalizedNames.Normalize(library.Name) == owner)
                .SelectMany(library => library.FindAll(rest)).Select(keyword => (Candidate.Of(keyword), rest)));
            found.AddRange(Resources.Values.Where(file => NormalizedNames.Normalize(file.Name) == owner)
                .SelectMany(file => Index(file).Find(rest)).Select(candidate => (candidate, rest)));
        }

        if (found.Count == 0)
        {
            return null;
        }

        var best = found.Count == 1 ? [found[0].Candidate] : BestMatches([.. found.Select(pair => pair.Candidate)]);
        return best.Count > 1
            ? throw Multiple(best, name, isImplicit: false)
            : Result(best[0], found.First(pair => pair.Candidate == best[0]).Name);
    }

    private FoundKeyword? FindInResources(string name, UserKeyword? caller)
    {
        var found = Resources.Values.SelectMany(file => Index(file).Find(name)).ToList();
        found = found.Count > 1 ? BySearchOrder(found) : found;
        found = found.Count > 1 ? SameFileOrPublic(found, caller) : found;
        found = found.Count > 1 ? BestMatches(found) : found;
        return found.Count switch
        {
            0 => null,
            1 => Result(found[0], name),
            _ => throw Multiple(found, name),
        };
    }

    private FoundKeyword? FindInLibraries(string name)
    {
        var found = Libraries.Values.SelectMany(library => library.FindAll(name)).Select(Candidate.Of).ToList();
        found = found.Count > 1 ? BySearchOrder(found) : found;
        if (found.Count == 2 && found.Count(candidate => candidate.Library!.Owner.IsStandard) == 1)
        {
            var custom = found.First(candidate => !candidate.Library!.Owner.IsStandard);
            var standard = found.First(candidate => candidate.Library!.Owner.IsStandard);
            return Result(custom, name, [ConflictWarning(custom.Library!, standard.Library!)]);
        }

        found = found.Count > 1 ? BestMatches(found) : found;

        return found.Count switch
        {
            0 => null,
            1 => Result(found[0], name),
            _ => throw Multiple(found, name),
        };
    }

    private static string ConflictWarning(LibraryKeyword custom, LibraryKeyword standard) =>
        $"Keyword '{standard.Name}' found both from a custom library '{custom.Owner.RealName}'{Imported(custom)} and a standard library "
        + $"'{standard.Owner.RealName}'{Imported(standard)}. The custom keyword is used. To select explicitly, and to get rid of this warning, use "
        + $"either '{custom.FullName}' or '{standard.FullName}'.";

    private static string Imported(LibraryKeyword keyword) =>
        keyword.Owner.Name == keyword.Owner.RealName ? "" : $" imported as '{keyword.Owner.Name}'";

    private List<Candidate> BySearchOrder(List<Candidate> candidates)
    {
        foreach (var name in SearchOrder.Select(name => NormalizedNames.Normalize(name)))
        {
            var matches = candidates.FindAll(candidate => NormalizedNames.Normalize(candidate.OwnerName) == name);
            if (matches.Count > 0)
            {
                return matches;
            }
        }

        return candidates;
    }

    private static List<Candidate> SameFileOrPublic(List<Candidate> candidates, UserKeyword? caller)
    {
        var same = candidates.FindAll(candidate => candidate.User!.Owner.Source == caller?.Owner.Source);
        if (same.Count > 0)
        {
            return same;
        }

        var open = candidates.FindAll(candidate => !candidate.User!.IsPrivate);
        return open.Count > 0 ? open : candidates;
    }

    private static List<Candidate> BestMatches(IReadOnlyList<Candidate> candidates)
    {
        var exact = candidates.Where(candidate => candidate.Embedded is null).ToList();
        if (exact.Count > 0)
        {
            return exact;
        }

        var best = candidates.Where(candidate =>
            !candidates.Any(other => other != candidate && IsBetter(other, candidate) && !IsBetter(candidate, other))).ToList();
        return best.Count > 0 ? best : [.. candidates];
    }

    // An embedded name is better than another that matches it without being matched by it.
    private static bool IsBetter(Candidate one, Candidate other) => other.Matches(one.Name) && !one.Matches(other.Name);

    private static VariableSyntaxException Multiple(IReadOnlyList<Candidate> candidates, string name, bool isImplicit = true)
    {
        var embedded = candidates.Any(candidate => candidate.Embedded is not null);
        var start = embedded ? $"Multiple keywords matching name '{name}' found"
            : $"Multiple keywords with name '{name}' found{(isImplicit ? ". Give the full name of the keyword you want to use" : "")}";
        return new VariableSyntaxException(
            $"{start}:\n    {string.Join("\n    ", candidates.Select(candidate => candidate.FullName).Order(StringComparer.Ordinal))}");
    }

    private string NotFound(string name, bool recommend)
    {
        if (name.Trim(':', ' ').Equals("FOR", StringComparison.OrdinalIgnoreCase))
        {
            return $"Support for the old FOR loop syntax has been removed. Replace '{name}' with 'FOR', end the loop with 'END', and "
                + "remove escaping backslashes.";
        }

        if (name == "\\")
        {
            return "No keyword with name '\\' found. If it is used inside a for loop, remove escaping backslashes and end the loop with 'END'.";
        }

        var message = $"No keyword with name '{name}' found.";
        return recommend ? Recommend(name, message) : message;
    }

    private string Recommend(string name, string message)
    {
        var full = name.Contains('.', StringComparison.Ordinal);
        var candidates = suite.Keywords.Select(keyword => (Owner: "", keyword.Name))
            .Concat(Libraries.Values.SelectMany(library => library.Keywords.Select(keyword => (Owner: library.Name, keyword.Name))))
            .Concat(Resources.Values.SelectMany(file => file.Keywords.Select(keyword => (Owner: file.Name, keyword.Name))))
            .OrderBy(pair => pair.Owner, StringComparer.Ordinal).ThenBy(pair => pair.Name, StringComparer.Ordinal);
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (owner, keyword) in candidates)
        {
            var fullName = owner.Length > 0 ? $"{owner}.{keyword}" : keyword;
            shown[fullName] = full ? fullName : keyword;
        }

        string Normal(string text) => NormalizedNames.Normalize(shown.GetValueOrDefault(text, text), "_");
        var similar = SimilarNames.Find(name, shown.Keys, Normal);
        if (similar.Count > 0)
        {
            return SimilarNames.Format(message, similar);
        }

        var normal = NormalizedNames.Normalize(name, "_");
        var starts = shown.Keys.Order(StringComparer.Ordinal).Where(key => normal.StartsWith(Normal(key), StringComparison.Ordinal)).ToList();
        return starts.Count == 0
            ? message
            : $"{message} Did you try using keyword {Parsing.ErrorList.Quote(starts, " or ")} and forgot to use enough whitespace between keyword and arguments?";
    }
}
