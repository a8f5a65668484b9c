using System.Formats.Tar;
using System.Text;
using FarmAgent.Agent.Runs;
using FarmAgent.Agent.Stores;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class SuiteUnpackerTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task UnpackAsync_FilesAndFolders_AreLaidOutUnderTheArchivesName()
    {
        var root = await UnpackAsync(Tar(File_("expander.robot", "*** Test Cases ***"), Folder_("res/"), File_("./res/a/keywords.resource", "x")));

        Assert.Equal(_scratch.At("suite/bench"), root);
        Assert.Equal("*** Test Cases ***", File.ReadAllText(Path.Combine(root, "expander.robot")));
        Assert.Equal("x", File.ReadAllText(Path.Combine(root, "res/a/keywords.resource")));
    }

    [Fact]
    public async Task UnpackAsync_SingleFile_IsCopiedUnderItsName()
    {
        var stored = _scratch.Write("stored", "*** Test Cases ***");

        var root = await new SuiteUnpacker(new SuiteLimits()).UnpackAsync(
            new StoredContent(new string('0', 64), stored, "expander.robot", 18), _scratch.At("suite"), TestContext.Current.CancellationToken);

        Assert.Equal("*** Test Cases ***", File.ReadAllText(Path.Combine(root, "expander.robot")));
    }

    [Theory]
    [InlineData("../evil.robot")]
    [InlineData("a/../../evil.robot")]
    [InlineData("/tmp/evil.robot")]
    [InlineData("a\\..\\evil.robot")]
    public async Task UnpackAsync_NameThatLeavesTheFolder_IsRefused(string name) => await RefusesAsync(Tar(File_(name, "x")));

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public async Task UnpackAsync_Link_IsRefused(TarEntryType type) =>
        await RefusesAsync(Tar(File_("expander.robot", "x"), new PaxTarEntry(type, "link") { LinkName = "expander.robot" }));

    [Theory]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.Fifo)]
    public async Task UnpackAsync_Device_IsRefused(TarEntryType type) => await RefusesAsync(Tar(new PaxTarEntry(type, "device")));

    [Fact]
    public async Task UnpackAsync_SameNameTwice_IsRefused() => await RefusesAsync(Tar(File_("a.robot", "x"), File_("a.robot", "y")));

    [Fact]
    public async Task UnpackAsync_FileWhereAFolderIsNeeded_IsRefused() => await RefusesAsync(Tar(File_("a", "x"), File_("a/b.robot", "y")));

    [Fact]
    public async Task UnpackAsync_NoTarAtAll_IsRefused() => await RefusesAsync(Encoding.ASCII.GetBytes(new string('x', 2048)));

    [Fact]
    public async Task UnpackAsync_CutOff_IsRefused()
    {
        var whole = Tar(File_("expander.robot", new string('x', 5000)));

        await RefusesAsync(whole[..2048]);
    }

    [Fact]
    public async Task UnpackAsync_Empty_IsRefused() => await RefusesAsync(Tar());

    [Fact]
    public async Task UnpackAsync_TooManyEntries_IsRefused() =>
        await RefusesAsync(Tar([.. Enumerable.Range(0, 4).Select(i => File_($"{i}.robot", "x"))]), "SUITE_TOO_LARGE", new SuiteLimits { MostEntries = 3 });

    [Fact]
    public async Task UnpackAsync_TooManyBytes_IsRefused() =>
        await RefusesAsync(Tar(File_("a.robot", "12345"), File_("b.robot", "12345")), "SUITE_TOO_LARGE", new SuiteLimits { LargestContent = 9 });

    [Fact]
    public void CheckName_CompressedArchive_IsRefused() => Assert.Throws<RequestException>(() => SuiteUnpacker.CheckName("suite.tar.gz"));

    private static PaxTarEntry File_(string name, string text) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    private static PaxTarEntry Folder_(string name) => new(TarEntryType.Directory, name);

    private static byte[] Tar(params TarEntry[] entries)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    private async Task<string> UnpackAsync(byte[] archive, SuiteLimits? limits = null)
    {
        var stored = _scratch.At("stored");
        await File.WriteAllBytesAsync(stored, archive, TestContext.Current.CancellationToken);
        return await new SuiteUnpacker(limits ?? new SuiteLimits()).UnpackAsync(
            new StoredContent(new string('0', 64), stored, "bench.tar", archive.Length), _scratch.At("suite"), TestContext.Current.CancellationToken);
    }

    private async Task RefusesAsync(byte[] archive, string reason = "SUITE_CORRUPT", SuiteLimits? limits = null)
    {
        var refusal = await Assert.ThrowsAsync<RequestException>(() => UnpackAsync(archive, limits));

        Assert.Equal(reason, refusal.Reason);
        Assert.False(File.Exists(_scratch.At("evil.robot")), "something landed outside of the suite's folder");
    }
}
