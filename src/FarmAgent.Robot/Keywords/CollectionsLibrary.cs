using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Keywords;

/// <summary>The standard library Collections: lists and dictionaries.</summary>
internal sealed partial class CollectionsLibrary : IKeywordLibrary
{
    private const string ListLike = "Sequence | Mapping | Set";

    private static readonly KeywordDescriptor[] Table =
        [.. ListKeywords(), .. ListAssertions(), .. DictionaryKeywords(), .. DictionaryAssertions(), .. Matching()];

    public string Name => "Collections";

    public IReadOnlyList<KeywordDescriptor> Keywords => Table;
}
