using System.Globalization;
using System.Text.RegularExpressions;
using FarmAgent.Robot.Values;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FarmAgent.Robot.Running;

/// <summary>Values of YAML nodes by the rules of YAML 1.1, which the original's reader follows.</summary>
internal static partial class YamlScalars
{
    public static object? FromNode(YamlNode node) => node switch
    {
        YamlMappingNode map => new PyDict(map.Children.Select(item => new KeyValuePair<object?, object?>(FromNode(item.Key), FromNode(item.Value)))),
        YamlSequenceNode list => new PyList(list.Children.Select(FromNode)),
        YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true } plain => FromPlain(plain.Value ?? ""),
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };

    private static object? FromPlain(string text)
    {
        switch (text.ToUpperInvariant())
        {
            case "" or "~" or "NULL":
                return null;
            case "TRUE" or "YES" or "ON":
                return true;
            case "FALSE" or "NO" or "OFF":
                return false;
            case ".INF" or "+.INF":
                return double.PositiveInfinity;
            case "-.INF":
                return double.NegativeInfinity;
            case ".NAN":
                return double.NaN;
        }

        if (IntegerForm().IsMatch(text))
        {
            var octal = text.TrimStart('+', '-') is ['0', >= '0' and <= '7', ..] and not ['0', 'x' or 'b', ..];
            var digits = octal ? text.Replace("0", "0o0", 1) : text;
            return PyNumberParser.TryInteger(digits, 0, out var number) ? number : text;
        }

        return FloatForm().IsMatch(text) && PyNumberParser.TryFloat(text, out var real) ? real : text;
    }

    private static string Replace(this string text, string what, string with, int count)
    {
        var index = count == 0 ? -1 : text.IndexOf(what, StringComparison.Ordinal);
        return index < 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..index]}{with}{text[(index + what.Length)..]}");
    }

    [GeneratedRegex(@"\A[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]+|0|[1-9][0-9_]*)\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"\A[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FloatForm();
}
