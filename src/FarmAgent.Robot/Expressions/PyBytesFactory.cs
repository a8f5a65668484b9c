using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Makes bytes from text, numbers and hex digits.</summary>
internal static class PyBytesFactory
{
    public static byte[] Create(CallArguments arguments)
    {
        if (arguments.Expect(0, 3).Count == 0)
        {
            return [];
        }

        var source = arguments.Get(0, "source");
        if (source is string text)
        {
            return arguments.Has(1, "encoding")
                ? PyCodecs.Encode(text, arguments.Text(1, "encoding"), (string)arguments.Get(2, "errors", "strict")!)
                : throw PyErrorException.TypeError("string argument without an encoding");
        }

        if (PyBytes.IsBytes(source))
        {
            return PyBytes.Of(source!).ToArray();
        }

        if (PyNumbers.TryGetInteger(source, out var count))
        {
            EvaluationBudget.Allocate(count);
            return count.Sign < 0 ? throw PyErrorException.ValueError("negative count") : new byte[(int)count];
        }

        var items = PyIteration.TryGetItems(source)
            ?? throw PyErrorException.TypeError($"cannot convert '{PyTypeNames.Of(source)}' object to bytes");
        return [.. EvaluationBudget.Count(items).Select(item => CallArguments.BigInteger(item) is var number && number >= 0 && number < 256
            ? (byte)number
            : throw PyErrorException.ValueError("bytes must be in range(0, 256)"))];
    }

    public static byte[] FromHex(CallArguments arguments)
    {
        var text = arguments.Expect(1, 1).Text(0, "string");
        var output = new List<byte>();
        for (var i = 0; i < text.Length;)
        {
            if (PyWhitespace.Contains(text[i]))
            {
                i++;
                continue;
            }

            var bad = !char.IsAsciiHexDigit(text[i]) ? i : i + 1 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) ? i + 1 : -1;
            if (bad >= 0)
            {
                throw PyErrorException.ValueError($"non-hexadecimal number found in fromhex() arg at position {bad}");
            }

            output.Add(Convert.ToByte(text.Substring(i, 2), 16));
            i += 2;
        }

        return [.. output];
    }
}
