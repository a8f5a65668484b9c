using FarmAgent.Robot.Building;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>A keyword that a call may mean.</summary>
internal sealed record Candidate(string Name, string OwnerName, UserKeyword? User, LibraryKeyword? Library)
{
    public string FullName => OwnerName.Length > 0 ? $"{OwnerName}.{Name}" : Name;

    public EmbeddedName? Embedded => User?.Embedded ?? Library?.Embedded;

    public static Candidate Of(UserKeyword keyword) => new(keyword.Name, keyword.Owner.Name, keyword, null);

    public static Candidate Of(LibraryKeyword keyword) => new(keyword.Name, keyword.Owner.Name, null, keyword);

    public bool Matches(string name) =>
        Embedded is { } embedded ? embedded.Match(name) is not null : NormalizedNames.Normalize(name, "_") == NormalizedNames.Normalize(Name, "_");
}

/// <summary>Finds keywords of one file by name: an exact one, or else all whose embedded arguments match.</summary>
internal sealed class KeywordIndex
{
    private readonly NormalizedDictionary<Candidate> _exact = new("_");
    private readonly List<Candidate> _embedded = [];

    public KeywordIndex(IEnumerable<UserKeyword> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (keyword.Embedded is null)
            {
                _exact[keyword.Name] = Candidate.Of(keyword);
            }
            else
            {
                _embedded.Add(Candidate.Of(keyword));
            }
        }
    }

    public IReadOnlyList<Candidate> Find(string name) =>
        _exact.TryGet(name, out var keyword) ? [keyword] : _embedded.FindAll(candidate => candidate.Matches(name));
}
