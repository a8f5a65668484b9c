namespace FarmAgent.Flashing.Images;

/// <summary>Reads one file format. Bounded in memory by the size of the file; garbage ends in an <see cref="ImageException"/>.</summary>
internal interface IImageFormat
{
    /// <summary>Which format it reads.</summary>
    ImageFormat Format { get; }

    /// <summary>Reads the file's content into a builder.</summary>
    void Parse(ReadOnlyMemory<byte> file, string fileName, ImageOptions options, ImageBuilder builder);
}
