using FarmAgent.Architecture.Tests.Trees;
using FarmAgent.TestKit;

namespace FarmAgent.Architecture.Tests.Sources;

public sealed class SourceTests : IDisposable
{
    private const string Room = "src/FarmAgent.Boards/Leases/Lease.cs";

    private readonly SourceTree _repository = new(RepositoryFiles.Root);

    private readonly ScratchTree _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Lines_ThisRepository_NoFileIsTooLong() => Assert.Empty(SourceRules.TooLong(_repository));

    [Fact]
    public void Names_ThisRepository_AreAscii() => Assert.Empty(SourceRules.NotAscii(_repository));

    [Fact]
    public void LogTemplates_ThisRepository_TakeNothingApart() => Assert.Empty(SourceRules.DestructuringTemplates(_repository));

    [Fact]
    public void NativeCalls_ThisRepository_AreInTheirRooms() => Assert.Empty(SourceRules.NativeCalls(_repository));

    [Fact]
    public void Namespaces_ThisRepository_AreProjectAndFolder() => Assert.Empty(SourceRules.MisplacedNamespaces(_repository));

    [Fact]
    public void Lines_SixHundredAndOne_AreTooMany() =>
        Assert.Single(SourceRules.TooLong(_scratch.With(Room, new string('\n', 601)).Tree));

    [Fact]
    public void Lines_SixHundred_AreNotTooMany() =>
        Assert.Empty(SourceRules.TooLong(_scratch.With(Room, new string('\n', 600)).Tree));

    [Fact]
    public void Names_CyrillicLetter_IsFoundWithItsLine()
    {
        _scratch.With(Room, "// \u0430\nclass L\u0435ase;\n");

        Assert.StartsWith($"{Room}:2:", Assert.Single(SourceRules.NotAscii(_scratch.Tree)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("// \u00FC")]
    [InlineData("/* \u00FC\n */")]
    [InlineData("var a = \"\u00FC\";")]
    [InlineData("var a = \"\\\"\u00FC\";")]
    [InlineData("var a = @\"\"\"\u00FC\";")]
    [InlineData("var a = \"\"\"\n\"\u00FC\n\"\"\";")]
    [InlineData("var a = '\u00FC';")]
    [InlineData("var a = $\"{(b ? \"x\" : \" \u00B7 y\")}\";")]
    public void Names_OtherLettersInCommentsAndLiterals_AreAllowed(string code) =>
        Assert.Empty(SourceRules.NotAscii(_scratch.With(Room, code).Tree));

    [Fact]
    public void LogTemplates_Destructuring_IsFound() =>
        Assert.Single(SourceRules.DestructuringTemplates(_scratch.With(Room, "Log(\"lease {@Lease}\");").Tree));

    [Theory]
    [InlineData("[LibraryImport(\"libc\")]")]
    [InlineData("[DllImport(\"libc\")]")]
    public void NativeCalls_InABoardRoom_AreFound(string attribute) =>
        Assert.Single(SourceRules.NativeCalls(_scratch.With(Room, attribute).Tree));

    [Fact]
    public void NativeCalls_InTheLinuxRoom_AreAllowed() =>
        Assert.Empty(SourceRules.NativeCalls(_scratch.With("src/FarmAgent.Hardware.Linux/Libc.cs", "[LibraryImport(\"libc\")]").Tree));

    [Fact]
    public void Namespaces_AnotherFolder_IsFound() =>
        Assert.Single(SourceRules.MisplacedNamespaces(_scratch.With(Room, "namespace FarmAgent.Boards.Fences;\n").Tree));
}
