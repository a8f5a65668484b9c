using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Stores;
using FarmAgent.Flashing.Images;
using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Operations;

/// <summary>Images that were uploaded: parsed once to be accepted, and again from the file when they are flashed.</summary>
internal sealed class ImageShelf(ContentFolder folder)
{
    private const string BaseSuffix = ".base";
    private const int MostCombined = 16;
    private const int LongestName = 150;
    private const uint StartOfFlash = 0x0800_0000;

    /// <summary>Takes an image.</summary>
    /// <exception cref="ImageException">Not an image that can be used.</exception>
    public async Task<Wire.Image> StoreAsync(
        Wire.ImageHeader header, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        var content = await folder.StoreAsync(header.FileName, pieces, cancellationToken);
        var image = Parse(content, header.BaseAddress);
        ContentFolder.Note(content, BaseSuffix, $"0x{header.BaseAddress:X8}");
        return image.ToWire(folder.NameOf(content.Digest), content.Bytes);
    }

    /// <summary>Joins stored images into one.</summary>
    /// <exception cref="RequestException">Fewer than two, or one is not here.</exception>
    /// <exception cref="ImageException">They overlap (<c>IMAGE_OVERLAP</c>).</exception>
    public async Task<Wire.Image> CombineAsync(IReadOnlyList<string> resources, CancellationToken cancellationToken)
    {
        if (resources.Count is < 2 or > MostCombined)
        {
            throw new RequestException("REQUEST_INVALID", $"{resources.Count} images are to be joined; 2 to {MostCombined} can be.");
        }

        var images = resources.Select(r => Load(r).Image).ToList();
        var joined = ImageBundle.Join(images);
        var name = string.Join('+', images.Select(i => i.Name));
        name = (name.Length > LongestName ? name[..LongestName] : name) + ".srec";
        return await StoreAsync(new Wire.ImageHeader { FileName = name }, Once(joined), cancellationToken);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Once(byte[] content)
    {
        await Task.CompletedTask;
        yield return content;
    }

    /// <summary>Reads an image.</summary>
    /// <param name="resource">"images/sha256:…".</param>
    /// <returns>The image and its resource name.</returns>
    public (FirmwareImage Image, string Name) Load(string resource)
    {
        var content = folder.Find(resource);
        var text = File.Exists(content.Path + BaseSuffix) ? File.ReadAllText(content.Path + BaseSuffix) : "0x0";
        return (Parse(content, Convert.ToUInt32(text[2..], 16)), resource);
    }

    private static FirmwareImage Parse(StoredContent content, uint baseAddress) => FirmwareImage.Load(
        File.ReadAllBytes(content.Path),
        content.FileName,
        new ImageOptions { BaseAddress = baseAddress == 0 ? StartOfFlash : baseAddress });
}
