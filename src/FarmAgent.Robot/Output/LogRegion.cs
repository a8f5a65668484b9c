namespace FarmAgent.Robot.Output;

/// <summary>Where in the file the items between setup and teardown of a step stand.</summary>
/// <param name="Start">Position of the first byte.</param>
/// <param name="End">Position behind the last byte.</param>
/// <param name="HasSetup">Whether a setup stands before them.</param>
/// <param name="HasTeardown">Whether a teardown follows.</param>
internal readonly record struct LogRegion(long Start, long End, bool HasSetup, bool HasTeardown)
{
    /// <summary>Replaces the items, if there are any, by the mark that they are gone.</summary>
    /// <param name="output">The file.</param>
    /// <param name="keepsLength">Whether blanks take their place, so that nothing behind them moves.</param>
    public void Clear(Utf8Output output, bool keepsLength = false)
    {
        var mark = (HasSetup, HasTeardown) switch
        {
            (false, false) => "0"u8,
            (false, true) => "0,"u8,
            (true, false) => ",0"u8,
            (true, true) => ",0,"u8,
        };
        if (End - Start < Math.Max(mark.Length, 2))
        {
            return;
        }

        output.Overwrite(Start, mark);
        var position = Start + mark.Length;
        if (!keepsLength)
        {
            output.Remove(position, End);
            return;
        }

        Span<byte> blanks = stackalloc byte[256];
        blanks.Fill((byte)' ');
        for (; position < End; position += blanks.Length)
        {
            output.Overwrite(position, blanks[..(int)Math.Min(blanks.Length, End - position)]);
        }
    }
}
