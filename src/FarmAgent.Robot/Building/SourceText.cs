using System.Text;

namespace FarmAgent.Robot.Building;

/// <summary>Reads the text of a data file: UTF-8, with or without a byte order mark.</summary>
internal static class SourceText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="SuiteDataException">The file cannot be read or is not UTF-8.</exception>
    public static string Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (IOException error)
        {
            throw new SuiteDataException($"Opening '{path}' failed: {error.Message}");
        }
        catch (UnauthorizedAccessException)
        {
            throw new SuiteDataException($"Opening '{path}' failed: [Errno 13] Permission denied: '{path}'");
        }

        var start = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        try
        {
            return Extract(path, Strict.GetString(bytes, start, bytes.Length - start).Replace("\r\n", "\n", StringComparison.Ordinal));
        }
        catch (DecoderFallbackException error)
        {
            var index = start + error.Index;
            throw new SuiteDataException(
                $"UnicodeDecodeError: 'utf-8' codec can't decode byte 0x{bytes[index]:x2} in position {index}: {Describe(bytes, index)}");
        }
    }

    private static string Describe(byte[] bytes, int index)
    {
        var following = bytes[index] switch { >= 0xC2 and <= 0xDF => 1, >= 0xE0 and <= 0xEF => 2, >= 0xF0 and <= 0xF4 => 3, _ => 0 };
        if (following == 0)
        {
            return "invalid start byte";
        }

        var seen = bytes.Skip(index + 1).Take(following).TakeWhile(value => value is >= 0x80 and <= 0xBF).Count();
        return index + 1 + seen >= bytes.Length ? "unexpected end of data" : "invalid continuation byte";
    }

    private static string Extract(string path, string text) =>
        path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase)
            ? FencedBlocks.Extract(text)
            : text;
}
