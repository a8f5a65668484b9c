namespace FarmAgent.Simulation.Proof.Machines;

/// <summary>The guest program that runs the cases, <c>harness/harness.S</c>.</summary>
internal static class Harness
{
    public static byte[] Image()
    {
        using var stream = typeof(Harness).Assembly.GetManifestResourceStream("harness.bin")
            ?? throw new InvalidOperationException("harness.bin is not in the assembly; build the project again.");
        var image = new byte[stream.Length];
        stream.ReadExactly(image);
        return image;
    }
}
