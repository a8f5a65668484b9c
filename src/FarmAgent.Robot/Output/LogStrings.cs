namespace FarmAgent.Robot.Output;

/// <summary>
/// Strings that come again and again in a log (names, documentation, tags): each is written once, at the end, and stands for itself by its number.
/// What does not fit is written where it occurs, so that the table stays small however long the run is.
/// </summary>
internal sealed class LogStrings
{
    private const int MaxCount = 20_000;
    private const int MaxLength = 1_000;
    private const int MaxTotal = 500_000;

    private readonly OrderedDictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = 0 };
    private int _total;

    /// <summary>Writes the number of a string, or the string itself.</summary>
    public void WriteReference(Utf8Output output, string text)
    {
        if (_numbers.TryGetValue(text, out var number))
        {
            output.Write(number);
        }
        else if (text.Length > MaxLength || _numbers.Count >= MaxCount || _total + text.Length > MaxTotal)
        {
            JsonText.Write(output, text);
        }
        else
        {
            number = _numbers.Count;
            _numbers.Add(text, number);
            _total += text.Length;
            output.Write(number);
        }
    }

    /// <summary>Writes all strings that have numbers, in their order.</summary>
    public void WriteTable(Utf8Output output)
    {
        output.Write("["u8);
        foreach (var text in _numbers.Keys)
        {
            output.Write(text.Length == 0 ? ""u8 : ","u8);
            JsonText.Write(output, text);
        }

        output.Write("]"u8);
    }
}
