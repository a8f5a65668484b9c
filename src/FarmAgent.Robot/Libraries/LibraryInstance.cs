using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>An imported library under the name it was given.</summary>
/// <param name="name">Name in the suite.</param>
/// <param name="realName">Name of the import.</param>
/// <param name="isStandard">Whether it belongs to the standard libraries.</param>
/// <param name="arguments">Arguments of the import, resolved.</param>
/// <param name="create">Makes an instance.</param>
internal sealed class LibraryInstance(
    string name, string realName, bool isStandard, IReadOnlyList<object?> arguments, Func<IKeywordLibrary> create)
{
    private readonly NormalizedDictionary<LibraryKeyword> _keywords = new("_");
    private IKeywordLibrary _library = create();
    private readonly List<LibraryKeyword> _embedded = [];
    private bool _filled;

    public string Name { get; } = name;

    public string RealName { get; } = realName;

    public bool IsStandard { get; } = isStandard;

    public IReadOnlyList<object?> Arguments { get; } = arguments;

    public IKeywordLibrary Library => _library;

    public IEnumerable<LibraryKeyword> Keywords => Filled().Items.Select(item => item.Value);

    /// <summary>Whether a keyword that was found earlier is still the one of that name; a new instance brings new ones.</summary>
    public bool Has(LibraryKeyword keyword) => ReferenceEquals(Find(keyword.Name), keyword);

    public LibraryKeyword? Find(string name) => Filled().TryGet(name, out var keyword) ? keyword : null;

    /// <summary>The keyword of a name, or all whose embedded arguments match it.</summary>
    public IReadOnlyList<LibraryKeyword> FindAll(string name)
    {
        if (Find(name) is { Embedded: null } exact)
        {
            return [exact];
        }

        return _embedded.Count == 0 ? [] : _embedded.FindAll(keyword => keyword.Embedded!.Match(name) is not null);
    }

    /// <summary>The same library under another name.</summary>
    public LibraryInstance As(string other) => new(other, RealName, IsStandard, Arguments, () => _library);

    /// <summary>A library that lives for one test starts afresh.</summary>
    public void StartTest()
    {
        if (_library.Scope == LibraryScope.Test)
        {
            (_library as IDisposable)?.Dispose();
            _library = create();
            _keywords.Clear();
            _embedded.Clear();
            _filled = false;
        }
    }

    private NormalizedDictionary<LibraryKeyword> Filled()
    {
        if (!_filled)
        {
            _filled = true;
            foreach (var descriptor in _library.Keywords)
            {
                var keyword = new LibraryKeyword(this, descriptor);
                _keywords[descriptor.Name] = keyword;
                if (keyword.Embedded is not null)
                {
                    _embedded.Add(keyword);
                }
            }
        }

        return _keywords;
    }
}

/// <summary>A keyword of an imported library.</summary>
/// <param name="owner">Its library.</param>
/// <param name="descriptor">What the library says of it.</param>
internal sealed class LibraryKeyword(LibraryInstance owner, KeywordDescriptor descriptor)
{
    private IReadOnlyList<string>? _tags;
    private string? _shortDocumentation;
    private string? _fullName;

    public LibraryInstance Owner { get; } = owner;

    public KeywordDescriptor Descriptor { get; } = descriptor;

    public string Name => Descriptor.Name;

    /// <summary>Arguments inside the name, if there are any.</summary>
    public EmbeddedName? Embedded { get; } = EmbeddedName.TryParse(descriptor.Name, out var embedded, out _) ? embedded : null;

    /// <summary>Tags as results show them.</summary>
    public IReadOnlyList<string> Tags => _tags ??= new TagSet(Descriptor.Tags).Sorted;

    /// <summary>Documentation as results show it.</summary>
    public string ShortDocumentation => _shortDocumentation ??= FirstParagraph.Of(Descriptor.Documentation);

    public string FullName => _fullName ??= $"{Owner.Name}.{Name}";
}
