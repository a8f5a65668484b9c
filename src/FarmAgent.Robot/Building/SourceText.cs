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
            var bad = error.BytesUnknown is { Length: > 0 } unknown ? unknown[0] : (byte)0;
            throw new SuiteDataException(
                $"UnicodeDecodeError: 'utf-8' codec can't decode byte 0x{bad:x2} in position {error.Index}: invalid start byte");
        }
    }

    private static string Extract(string path, string text) =>
        path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase)
            ? FencedBlocks.Extract(text)
            : text;
}
