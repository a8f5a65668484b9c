using System.Text;
using CsCheck;
using FarmAgent.Agent.Runs;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class RunnerStreamTests
{
    [Fact]
    public void PumpAsync_CutAnywhere_GivesTheSameText() => Gen.Select(Gen.String, Gen.Int[1, 7]).Sample((text, size) =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        var seen = Pump(bytes, size);

        Assert.Equal(Encoding.UTF8.GetString(bytes), seen);
    });

    [Fact]
    public void PumpAsync_CharacterCutInTwo_IsPutTogether() => Assert.Equal("größer €😀", Pump(Encoding.UTF8.GetBytes("größer €😀"), 1));

    [Fact]
    public void PumpAsync_CutOffAtTheEnd_ShowsTheReplacement() => Assert.Equal("a\uFFFD", Pump([(byte)'a', 0xE2, 0x82], 1));

    private static string Pump(byte[] bytes, int pieceSize)
    {
        var seen = new StringBuilder();
        var pumping = RunnerStream.PumpAsync(new PiecewiseStream(bytes, pieceSize), piece => seen.Append(piece), TestContext.Current.CancellationToken);
        Assert.True(pumping.IsCompletedSuccessfully);
        return seen.ToString();
    }

    /// <summary>Gives at most so many bytes a read.</summary>
    private sealed class PiecewiseStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
