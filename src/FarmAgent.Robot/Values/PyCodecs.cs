using System.Text;

namespace FarmAgent.Robot.Values;

/// <summary>Text encodings by Python's names, with its messages.</summary>
internal static class PyCodecs
{
    public static byte[] Encode(string text, string encoding, string errors = "strict")
    {
        switch (Normalize(encoding))
        {
            case "utf-8":
                return EncodeUnicode(text, new UTF8Encoding(false), "utf-8", errors);
            case "utf-8-sig":
                return [0xef, 0xbb, 0xbf, .. EncodeUnicode(text, new UTF8Encoding(false), "utf-8", errors)];
            case "ascii":
                return EncodeSingleBytes(text, 0x7f, "ascii", "ordinal not in range(128)", errors);
            case "latin-1":
                return EncodeSingleBytes(text, 0xff, "latin-1", "ordinal not in range(256)", errors);
            case "utf-16":
                return [0xff, 0xfe, .. EncodeUnicode(text, new UnicodeEncoding(false, false), "utf-16", errors)];
            case "utf-16-le":
                return EncodeUnicode(text, new UnicodeEncoding(false, false), "utf-16-le", errors);
            case "utf-16-be":
                return EncodeUnicode(text, new UnicodeEncoding(true, false), "utf-16-be", errors);
            case "utf-32":
                return [0xff, 0xfe, 0, 0, .. EncodeUnicode(text, new UTF32Encoding(false, false), "utf-32", errors)];
            default:
                throw Unknown(encoding);
        }
    }

    public static string Decode(ReadOnlySpan<byte> bytes, string encoding, string errors = "strict")
    {
        switch (Normalize(encoding))
        {
            case "utf-8":
                return Utf8Decoding.Decode(bytes, errors);
            case "utf-8-sig":
                return Utf8Decoding.Decode(bytes.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? bytes[3..] : bytes, errors);
            case "ascii":
                return DecodeAscii(bytes, errors);
            case "latin-1":
                return PyBytes.ToLatin1(bytes);
            case "utf-16":
                var isBig = bytes.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]);
                var hasMark = isBig || bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]);
                return DecodeUtf16(hasMark ? bytes[2..] : bytes, isBig, "utf-16-" + (isBig ? "be" : "le"), errors);
            case "utf-16-le":
                return DecodeUtf16(bytes, false, "utf-16-le", errors);
            case "utf-16-be":
                return DecodeUtf16(bytes, true, "utf-16-be", errors);
            case "utf-32":
                return new UTF32Encoding(false, true).GetString(bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe, 0, 0]) ? bytes[4..] : bytes);
            default:
                throw Unknown(encoding);
        }
    }

    public static PyErrorException DecodeError(string codec, ReadOnlySpan<byte> bytes, int start, int end, string reason) =>
        new("UnicodeDecodeError", end - start == 1
            ? $"'{codec}' codec can't decode byte 0x{bytes[start]:x2} in position {start}: {reason}"
            : $"'{codec}' codec can't decode bytes in position {start}-{end - 1}: {reason}");

    private static PyErrorException Unknown(string encoding) => new("LookupError", $"unknown encoding: {encoding}");

    private static string Normalize(string encoding) => encoding.Trim().ToLowerInvariant().Replace('_', '-').Replace(' ', '-') switch
    {
        "utf-8" or "utf8" or "u8" => "utf-8",
        "utf-8-sig" => "utf-8-sig",
        "ascii" or "us-ascii" or "646" => "ascii",
        "latin-1" or "latin1" or "iso-8859-1" or "iso8859-1" or "8859" or "l1" => "latin-1",
        "utf-16" or "utf16" => "utf-16",
        "utf-16-le" or "utf-16le" => "utf-16-le",
        "utf-16-be" or "utf-16be" => "utf-16-be",
        "utf-32" or "utf32" => "utf-32",
        var other => other,
    };

    private static byte[] EncodeUnicode(string text, Encoding encoding, string codec, string errors)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) && errors == "strict")
            {
                throw new PyErrorException(
                    "UnicodeEncodeError",
                    $"'{codec}' codec can't encode character '\\u{(int)text[i]:x4}' in position {i}: surrogates not allowed");
            }
        }

        return encoding.GetBytes(text);
    }

    private static byte[] EncodeSingleBytes(string text, int limit, string codec, string reason, string errors)
    {
        var output = new List<byte>(text.Length);
        var runes = PyCodePoints.Split(text).Select(character => char.IsSurrogate(character[0]) && character.Length == 1
            ? character[0]
            : char.ConvertToUtf32(character, 0)).ToList();
        for (var i = 0; i < runes.Count; i++)
        {
            if (runes[i] <= limit)
            {
                output.Add((byte)runes[i]);
                continue;
            }

            switch (errors)
            {
                case "ignore":
                    break;
                case "replace":
                    output.Add((byte)'?');
                    break;
                case "backslashreplace":
                    output.AddRange(Encoding.ASCII.GetBytes(PyStringLiteral.EscapeNonAscii(char.ConvertFromUtf32(runes[i]))));
                    break;
                case "xmlcharrefreplace":
                    output.AddRange(Encoding.ASCII.GetBytes($"&#{runes[i]};"));
                    break;
                default:
                    var end = i + 1;
                    while (end < runes.Count && runes[end] > limit)
                    {
                        end++;
                    }

                    throw new PyErrorException("UnicodeEncodeError", end - i == 1
                        ? $"'{codec}' codec can't encode character '{Escape(runes[i])}' in position {i}: {reason}"
                        : $"'{codec}' codec can't encode characters in position {i}-{end - 1}: {reason}");
            }
        }

        return [.. output];
    }

    private static string Escape(int code) => code <= 0xff ? $"\\x{code:x2}" : code <= 0xffff ? $"\\u{code:x4}" : $"\\U{code:x8}";

    private static string DecodeAscii(ReadOnlySpan<byte> bytes, string errors)
    {
        var output = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                output.Append((char)bytes[i]);
                continue;
            }

            output.Append(errors switch
            {
                "ignore" => string.Empty,
                "replace" => "\ufffd",
                "backslashreplace" => $"\\x{bytes[i]:x2}",
                _ => throw DecodeError("ascii", bytes, i, i + 1, "ordinal not in range(128)"),
            });
        }

        return output.ToString();
    }

    private static string DecodeUtf16(ReadOnlySpan<byte> bytes, bool isBigEndian, string codec, string errors) =>
        bytes.Length % 2 != 0 && errors == "strict"
            ? throw DecodeError(codec, bytes, bytes.Length - 1, bytes.Length, "truncated data")
            : new UnicodeEncoding(isBigEndian, false).GetString(bytes);
}
