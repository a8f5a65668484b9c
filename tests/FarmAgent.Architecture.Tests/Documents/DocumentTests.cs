using FarmAgent.Architecture.Tests.Trees;
using FarmAgent.TestKit;

namespace FarmAgent.Architecture.Tests.Documents;

public sealed class DocumentTests : IDisposable
{
    private readonly ScratchTree _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Links_ThisRepository_LeadSomewhere() => Assert.Empty(MarkdownLinks.Broken(new SourceTree(RepositoryFiles.Root)));

    [Theory]
    [InlineData("[a](missing.md)")]
    [InlineData("[a](../docs/missing.md)")]
    [InlineData("[a](#no-such-heading)")]
    [InlineData("[a](other.md#no-such-heading)")]
    public void Links_ToNothing_AreFound(string link)
    {
        _scratch.With("docs/other.md", "# Other\n").With("docs/page.md", $"# Page\n{link}\n");

        Assert.StartsWith("docs/page.md: ", Assert.Single(MarkdownLinks.Broken(_scratch.Tree)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[a](other.md)")]
    [InlineData("[a](../docs/)")]
    [InlineData("[a](#the-page-itself)")]
    [InlineData("[a](other.md#other-half)")]
    [InlineData("[a](https://example.org/missing.md)")]
    [InlineData("```\n[a](missing.md)\n```")]
    public void Links_ToSomething_AreAllowed(string link)
    {
        _scratch.With("docs/other.md", "# Other half\n").With("docs/page.md", $"# The page, itself\n{link}\n");

        Assert.Empty(MarkdownLinks.Broken(_scratch.Tree));
    }
}
