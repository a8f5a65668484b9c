namespace FarmAgent.Simulation.Proof.Compiled;

/// <summary>The compiled programs of <c>programs/</c>: an image for address 0 that reports its results by semihosting calls.</summary>
internal static class CompiledPrograms
{
    /// <summary>Where the image keeps how often each program runs.</summary>
    public const int RoundsOffset = 0x40;

    /// <summary>Number of programs in the image.</summary>
    public const int Count = 8;

    /// <summary>A fresh copy of the image with the programs.</summary>
    /// <param name="rounds">How often each program runs.</param>
    public static byte[] Image(uint rounds)
    {
        var image = Read("programs.bin");
        BitConverter.TryWriteBytes(image.AsSpan(RoundsOffset), rounds);
        return image;
    }

    /// <summary>A fresh copy of the image with the scenarios of exceptions.</summary>
    public static byte[] Exceptions() => Read("exceptions.bin");

    private static byte[] Read(string name)
    {
        using var stream = typeof(CompiledPrograms).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly; build the project again.");
        var image = new byte[stream.Length];
        stream.ReadExactly(image);
        return image;
    }
}
