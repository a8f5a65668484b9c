namespace FarmAgent.Robot.Expressions;

/// <summary>The module <c>string</c>.</summary>
internal static class StringModule
{
    public static Dictionary<string, object?> Create()
    {
        const string Lower = "abcdefghijklmnopqrstuvwxyz";
        const string Digits = "0123456789";
        const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
        var upper = Lower.ToUpperInvariant();
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["ascii_lowercase"] = Lower,
            ["ascii_uppercase"] = upper,
            ["ascii_letters"] = Lower + upper,
            ["digits"] = Digits,
            ["hexdigits"] = Digits + "abcdefABCDEF",
            ["octdigits"] = "01234567",
            ["punctuation"] = Punctuation,
            ["whitespace"] = " \t\n\r\v\f",
            ["printable"] = Digits + Lower + upper + Punctuation + " \t\n\r\v\f",
            ["capwords"] = new PyFunction("capwords", arguments => string.Join(
                ' ', Values.PyWhitespace.Words(arguments.Expect(1, 2).Text(0, "s"))
                    .Select(word => StringMethods.Table["capitalize"](word, new CallArguments("capitalize", [], new Dictionary<string, object?>()))))),
        };
    }
}
