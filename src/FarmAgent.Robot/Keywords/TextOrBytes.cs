using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>An argument that may be text or bytes: keywords work on the text form, where each byte is one character.</summary>
internal readonly struct TextOrBytes
{
    private TextOrBytes(string text, bool isBytes)
    {
        (Text, IsBytes) = (text, isBytes);
    }

    public string Text { get; }

    public bool IsBytes { get; }

    public static TextOrBytes Of(object? value) => value is string text
        ? new TextOrBytes(text, false)
        : PyBytes.IsBytes(value)
            ? new TextOrBytes(PyBytes.ToLatin1(PyBytes.Of(value!)), true)
            : throw PyErrorException.TypeError($"expected str or bytes, got {PyTypeNames.Of(value)}");

    /// <summary>Another argument as text of the same kind.</summary>
    /// <exception cref="PyErrorException">ValueError for a character that is no byte.</exception>
    public string Other(object? value)
    {
        if (PyBytes.IsBytes(value))
        {
            return IsBytes
                ? PyBytes.ToLatin1(PyBytes.Of(value!))
                : throw PyErrorException.TypeError("must be str, not bytes");
        }

        var text = PyText.Str(value);
        var bad = IsBytes ? text.AsSpan().IndexOfAnyExceptInRange('\0', '\xff') : -1;
        if (bad < 0)
        {
            return text;
        }

        var character = char.IsSurrogatePair(text, bad) ? text.Substring(bad, 2) : text.Substring(bad, 1);
        throw PyErrorException.ValueError(
            $"String '{text}' cannot be converted to bytes: Characters must have code point below 256, but '{character}' has code point "
            + $"{char.ConvertToUtf32(character, 0)}.");
    }

    /// <summary>A result in the kind of the argument.</summary>
    public object Wrap(string text) => IsBytes ? Encoding.Latin1.GetBytes(text) : text;

    public PyList Wrap(IEnumerable<string> texts)
    {
        var self = this;
        return new PyList(texts.Select(text => self.Wrap(text)));
    }

    /// <summary>Lines; bytes only know line feed and carriage return.</summary>
    public List<string> Lines()
    {
        if (!IsBytes)
        {
            return PyWhitespace.Lines(Text);
        }

        var lines = Text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n').ToList();
        if (lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }
}
