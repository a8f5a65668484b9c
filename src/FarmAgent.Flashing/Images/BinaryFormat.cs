namespace FarmAgent.Flashing.Images;

/// <summary>A file that is the memory content itself.</summary>
internal sealed class BinaryFormat : IImageFormat
{
    /// <inheritdoc/>
    public ImageFormat Format => ImageFormat.Binary;

    /// <summary>Takes the whole file as content from the base address on.</summary>
    /// <exception cref="ImageException">The base is odd (<c>IMAGE_BASE_ODD</c>): flash is programmed by half-words (PM0075 section 2.3.3).</exception>
    public void Parse(ReadOnlyMemory<byte> file, string fileName, ImageOptions options, ImageBuilder builder)
    {
        if (options.BaseAddress % 2 != 0)
        {
            throw new ImageException(
                "IMAGE_BASE_ODD",
                $"{fileName} cannot start at 0x{options.BaseAddress:X8}: flash is programmed by half-words, so the base is even. Give an even --base, 0x08000000 for the start of flash.");
        }

        builder.Add(options.BaseAddress, file, "the file");
    }
}
