using FarmAgent.Agent.Runs;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class RunArtifactsTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly RunArtifacts _artifacts;

    public RunArtifactsTests()
    {
        _artifacts = new RunArtifacts(_scratch.At("output"));
        _scratch.Write("secret", "not yours");
        _scratch.Write("output/output.xml", "<robot/>");
        _scratch.Write("output/shots/1.png", "png");
        File.CreateSymbolicLink(_scratch.At("output/link"), _scratch.At("secret"));
        Directory.CreateSymbolicLink(_scratch.At("output/up"), _scratch.Path);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task ListAsync_LinksAmongFiles_ListsFilesAlone()
    {
        var all = await _artifacts.ListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["output.xml", "shots/1.png"], all.Select(a => a.Path));
    }

    [Fact]
    public async Task ListAsync_File_HasSizeAndDigest()
    {
        var file = (await _artifacts.ListAsync(TestContext.Current.CancellationToken))[1];

        Assert.Equal((3, "56cf7fbae9f5451d1ba41d4fd4a0fdde2098e70ac4c76c4b2ca6a48ec2a5d7ff".Length), (file.Bytes, file.Sha256.Length));
    }

    [Fact]
    public void Open_FileInside_IsOpened()
    {
        using var file = new StreamReader(_artifacts.Open("shots/1.png"));

        Assert.Equal("png", file.ReadToEnd());
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("shots/../../secret")]
    [InlineData("link")]
    [InlineData("up/secret")]
    [InlineData("/etc/passwd")]
    [InlineData("shots")]
    [InlineData("")]
    [InlineData("none.xml")]
    public void Open_AnythingElse_IsRefused(string path) =>
        Assert.Equal("ARTIFACT_UNKNOWN", Assert.Throws<RequestException>(() => _artifacts.Open(path)).Reason);
}
