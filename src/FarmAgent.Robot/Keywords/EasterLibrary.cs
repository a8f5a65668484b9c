using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Keywords;

/// <summary>A library with one keyword, which the original always imports, too.</summary>
internal sealed class EasterLibrary : IKeywordLibrary
{
    /// <inheritdoc/>
    public string Name => "Easter";

    /// <inheritdoc/>
    public IReadOnlyList<KeywordDescriptor> Keywords { get; } =
    [
        new("None Shall Pass", "who", (_, a) => a["who"] is null ? null : throw new KeywordFailedException("None shall pass!")) { IsAssertion = true },
    ];
}
