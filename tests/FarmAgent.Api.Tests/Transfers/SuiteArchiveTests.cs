using System.Diagnostics;
using System.Formats.Tar;
using System.Net.Sockets;
using FarmAgent.Api.Transfers;
using FarmAgent.TestKit;

namespace FarmAgent.Api.Tests.Transfers;

public sealed class SuiteArchiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("farm-suite-").FullName;

    [Fact]
    public async Task Pack_FilesFoldersAndLinks_AreThereInOrder()
    {
        Write("b.robot", "x");
        Write("a/empty.txt", "");
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), "b.robot");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "loop"), ".");

        Assert.Equal(["a/", "a/empty.txt", "b.robot", "link", "loop"], await NamesAsync(null));
    }

    [Fact]
    public async Task Pack_Socket_IsLeftOutAndNamed()
    {
        Write("a.robot", "x");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Directory.CreateDirectory(Path.Combine(_folder, "run"));
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "run", "s")));
        var leftOut = new List<string>();

        Assert.Equal(["a.robot", "run/"], await NamesAsync(leftOut));

        Assert.Equal("run/s (a socket, or no file)", Assert.Single(leftOut));
    }

    [Fact]
    public async Task Pack_Pipe_IsLeftOutWithoutWaitingForItsOtherSide()
    {
        Write("a.robot", "x");
        using var make = Process.Start(RequiredTool.Find("mkfifo", "coreutils"), [Path.Combine(_folder, "pipe")]);
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        var leftOut = new List<string>();

        Assert.Equal(["a.robot"], await NamesAsync(leftOut));

        Assert.Equal("pipe (a pipe)", Assert.Single(leftOut));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private async Task<List<string>> NamesAsync(List<string>? leftOut)
    {
        await using var archive = await SuiteArchive.PackAsync(_folder, leftOut is null ? null : leftOut.Add, TestContext.Current.CancellationToken);
        await using var reader = new TarReader(archive);
        var names = new List<string>();
        while (await reader.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
        {
            names.Add(entry.Name);
        }

        return names;
    }
}
