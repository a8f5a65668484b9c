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
    private bool _filled;

    public string Name { get; } = name;

    public string RealName { get; } = realName;

    public bool IsStandard { get; } = isStandard;

    public IReadOnlyList<object?> Arguments { get; } = arguments;

    public IKeywordLibrary Library => _library;

    public IEnumerable<LibraryKeyword> Keywords => Filled().Items.Select(item => item.Value);

    public LibraryKeyword? Find(string name) => Filled().TryGet(name, out var keyword) ? keyword : null;

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
                _keywords[descriptor.Name] = new LibraryKeyword(this, descriptor);
            }
        }

        return _keywords;
    }
}

/// <summary>A keyword of an imported library.</summary>
internal sealed record LibraryKeyword(LibraryInstance Owner, KeywordDescriptor Descriptor)
{
    public string Name => Descriptor.Name;

    public string FullName => $"{Owner.Name}.{Name}";
}
