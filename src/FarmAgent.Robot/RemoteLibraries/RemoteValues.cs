using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.RemoteLibraries;

/// <summary>Values as the protocol can carry them.</summary>
internal static class RemoteValues
{
    public static object? Prepare(object? value) => value switch
    {
        null => "",
        string text => PrepareText(text),
        bool or long or int or System.Numerics.BigInteger or double or byte[] or PyByteArray => value,
        PyDateTime { IsDate: true } date => new PyDateTime(date.Value),
        PyDateTime => value,
        PyTimeDelta delta => delta.TotalSeconds,
        PyDict dict => new PyDict(dict.Select(item => new KeyValuePair<object?, object?>(PrepareKey(item.Key), Prepare(item.Value)))),
        _ when PyIteration.IsListLike(value) => new PyList(PyIteration.Items(value).Select(Prepare)),
        _ => PrepareText(PyText.Str(value)),
    };

    // XML has no way to write control characters: they travel as bytes.
    private static object PrepareText(string text)
    {
        if (!text.Any(c => c < ' ' && c is not ('\t' or '\n' or '\r')))
        {
            return text;
        }

        return text.All(c => c < 256)
            ? System.Text.Encoding.Latin1.GetBytes(text)
            : throw Tracebacks.Attach(PyErrorException.ValueError($"Cannot represent {PyText.Repr(text)} as binary."), Cause(text));
    }

    private static string Cause(string text)
    {
        var position = text.ToList().FindIndex(c => c > 255);
        return $"UnicodeEncodeError: 'latin-1' codec can't encode character '\\u{(int)text[position]:x4}' in position {position}: ordinal not in range(256)";
    }

    private static string PrepareKey(object? key)
    {
        var text = PrepareText(key is null ? "" : PyText.InMessages(key));
        return text as string ?? throw PyErrorException.ValueError($"Dictionary keys cannot be binary. Got {PyText.Repr(text)}.");
    }
}
