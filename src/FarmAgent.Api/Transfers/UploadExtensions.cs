using FarmAgent.Api.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FarmAgent.Api.Transfers;

/// <summary>Sends images and suites in pieces; the agent stores each once, by its digest.</summary>
public static class UploadExtensions
{
    private const int PieceBytes = 256 * 1024;

    /// <summary>Uploads a firmware image.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="path">ELF, Intel HEX or binary file.</param>
    /// <param name="baseAddress">Where a raw binary goes; 0 for the start of flash.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>The image as the agent read it.</returns>
    /// <exception cref="RpcException">Not an image: <c>IMAGE_…</c>.</exception>
    public static async Task<Image> UploadImageAsync(
        this FarmClient client, string path, uint baseAddress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        await using var file = OpenForReading(path);
        using var call = client.Flash.UploadImage(cancellationToken: cancellationToken);
        var header = new ImageHeader { FileName = Path.GetFileName(path), BaseAddress = baseAddress };
        await SendAsync(
            call.RequestStream,
            new UploadImageRequest { Header = header },
            static data => new UploadImageRequest { Data = data },
            file,
            cancellationToken);
        return (await call).Image;
    }

    /// <summary>Uploads a suite: one .robot file, or a folder as a tar archive.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="path">File or folder.</param>
    /// <param name="leftOut">Told what of a folder is no content and was left out: sockets, pipes, devices; null when nobody asks.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>The suite's resource name, "suites/sha256:…".</returns>
    public static async Task<string> UploadSuiteAsync(this FarmClient client, string path, Action<string>? leftOut, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var isFolder = Directory.Exists(path);
        await using var content = isFolder ? await SuiteArchive.PackAsync(path, leftOut, cancellationToken) : OpenForReading(path);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        using var call = client.Runs.UploadSuite(cancellationToken: cancellationToken);
        await SendAsync(
            call.RequestStream,
            new UploadSuiteRequest { Header = new SuiteHeader { FileName = isFolder ? name + ".tar" : name } },
            static data => new UploadSuiteRequest { Data = data },
            content,
            cancellationToken);
        return (await call).Suite;
    }

    private static FileStream OpenForReading(string path) =>
        new(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read, Options = FileOptions.Asynchronous });

    // A call that the agent refuses early ends the request stream; its own answer then says why, not the broken write.
    private static async Task SendAsync<T>(
        IClientStreamWriter<T> stream, T header, Func<ByteString, T> wrap, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(header, cancellationToken);
            var piece = new byte[PieceBytes];
            int count;
            while ((count = await content.ReadAtLeastAsync(piece, PieceBytes, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                await stream.WriteAsync(wrap(ByteString.CopyFrom(piece, 0, count)), cancellationToken);
            }

            await stream.CompleteAsync();
        }
        catch (InvalidOperationException)
        {
        }
        catch (RpcException)
        {
        }
    }
}
