using System.Text;
using FarmAgent.Agent.Stores;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Agent.Tests.Stores;

public sealed class ContentFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contents-").FullName;
    private readonly FakeTime _time = new();
    private DateTimeOffset? _usedSince;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Store_MoreThanAreKept_RemovesTheOldestWithItsNotes()
    {
        var folder = Make(2);
        var first = await StoreAsync(folder, "one");
        ContentFolder.Note(first, ".base", "0x0");
        await StoreAsync(folder, "two");
        await StoreAsync(folder, "three");

        Assert.Equal(4, Directory.GetFiles(_folder).Length);
        Assert.False(File.Exists(first.Path));
    }

    [Fact]
    public async Task Store_UsedUnderALeaseInForce_StaysBeyondTheLimit()
    {
        var folder = Make(1);
        _usedSince = _time.GetUtcNow();
        var first = await StoreAsync(folder, "one");
        await StoreAsync(folder, "two");

        Assert.True(File.Exists(first.Path));
    }

    [Fact]
    public async Task Find_Used_OutlivesWhatWasNot()
    {
        var folder = Make(2);
        var first = await StoreAsync(folder, "one");
        var second = await StoreAsync(folder, "two");
        folder.Find(folder.NameOf(first.Digest));
        _time.Advance(TimeSpan.FromMinutes(1));
        await StoreAsync(folder, "three");

        Assert.Equal((true, false), (File.Exists(first.Path), File.Exists(second.Path)));
    }

    [Fact]
    public async Task Clean_BrokenOffUpload_IsRemoved()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "x.part"), "half", TestAgent.Cancellation);

        Make(2).Clean();

        Assert.Empty(Directory.GetFiles(_folder));
    }

    private ContentFolder Make(int count) =>
        new(_folder, "image", 1000, new RetentionRule(count, 1000, TimeSpan.FromDays(1)), new StateRoom(_folder, 0), () => _usedSince ?? _time.GetUtcNow(), _time);

    private async Task<StoredContent> StoreAsync(ContentFolder folder, string text)
    {
        var stored = await folder.StoreAsync(text + ".bin", Once(Encoding.ASCII.GetBytes(text)), TestAgent.Cancellation);
        _time.Advance(TimeSpan.FromMinutes(1));
        return stored;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Once(byte[] content)
    {
        await Task.CompletedTask;
        yield return content;
    }
}
