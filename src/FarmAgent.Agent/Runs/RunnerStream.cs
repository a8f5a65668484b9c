using System.Text;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// Takes one output of a process as it comes, as text. What is cut between two pieces, be it within a character, is put together; what is no
/// UTF-8 shows as U+FFFD.
/// </summary>
internal static class RunnerStream
{
    private const int PieceBytes = 16 * 1024;

    /// <summary>Passes pieces on until the output ends.</summary>
    /// <param name="stream">The output.</param>
    /// <param name="take">Takes a piece; never empty.</param>
    /// <param name="cancellationToken">Ends the taking.</param>
    public static async Task PumpAsync(Stream stream, Action<string> take, CancellationToken cancellationToken)
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = new byte[PieceBytes];
        var text = new char[Encoding.UTF8.GetMaxCharCount(PieceBytes)];
        int count;
        do
        {
            count = await stream.ReadAsync(bytes, cancellationToken);
            var length = decoder.GetChars(bytes.AsSpan(0, count), text, flush: count == 0);
            if (length > 0)
            {
                take(new string(text, 0, length));
            }
        }
        while (count > 0);
    }
}
