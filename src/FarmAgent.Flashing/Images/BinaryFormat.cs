namespace FarmAgent.Flashing.Images;

/// <summary>A file that is the memory content itself.</summary>
internal sealed class BinaryFormat : IImageFormat
{
    /// <inheritdoc/>
    public ImageFormat Format => ImageFormat.Binary;

    /// <inheritdoc/>
    public void Parse(ReadOnlyMemory<byte> file, string fileName, ImageOptions options, ImageBuilder builder) =>
        builder.Add(options.BaseAddress, file, "the file");
}
