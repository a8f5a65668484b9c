using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>A keyword name with arguments inside.</summary>
internal sealed partial class EmbeddedName
{
    private const char Mark = '\u0001';

    private readonly PyRegex _pattern;

    private EmbeddedName(PyRegex pattern, IReadOnlyList<string> arguments, IReadOnlyList<TypeInfo?> types, IReadOnlyDictionary<string, string> custom) =>
        (_pattern, Arguments, Types, CustomPatterns) = (pattern, arguments, types, custom);

    /// <summary>Names of the arguments in order.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public IReadOnlyList<TypeInfo?> Types { get; }

    /// <summary>Patterns as written, by argument.</summary>
    public IReadOnlyDictionary<string, string> CustomPatterns { get; }

    /// <summary>Reads a name. True without a result if it has no arguments inside.</summary>
    public static bool TryParse(string name, out EmbeddedName? embedded, [NotNullWhen(false)] out string? error)
    {
        (embedded, error) = (null, null);
        if (!name.Contains("${", StringComparison.Ordinal))
        {
            return true;
        }

        var text = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var pattern = new StringBuilder();
        var (arguments, types, custom) = (new List<string>(), new List<TypeInfo?>(), new Dictionary<string, string>(StringComparer.Ordinal));
        var rest = text;
        try
        {
            foreach (var match in VariableMatch.SearchAll(text, "$"))
            {
                var (argument, type, own) = Split(match.Base);
                arguments.Add(argument);
                types.Add(ReadType(argument, type));
                pattern.Append(EscapeText(match.Before)).Append('(').Append(own is null ? ".*?" : Format(own)).Append(')');
                if (own is not null)
                {
                    custom[argument] = own;
                }

                rest = match.After;
            }
        }
        catch (VariableSyntaxException problem)
        {
            error = problem.Message;
            return false;
        }

        if (arguments.Count == 0)
        {
            return true;
        }

        try
        {
            var regex = PyRegex.Compile($"{pattern}{EscapeText(rest)}", PyRegexFlags.IgnoreCase | PyRegexFlags.DotAll);
            embedded = new EmbeddedName(regex, arguments, types, custom);
            return true;
        }
        catch (PyErrorException problem)
        {
            error = $"Compiling embedded arguments regexp failed: {problem.ResultMessage}";
            return false;
        }
    }

    /// <summary>Values of the arguments in a call, variables left as written; <see langword="null"/> if the name does not match.</summary>
    public IReadOnlyList<string>? Match(string name)
    {
        var variables = new List<string>();
        var text = new StringBuilder();
        var rest = name;
        foreach (var match in VariableMatch.SearchAll(name, ignoreErrors: true))
        {
            text.Append(match.Before).Append(Placeholder(variables.Count));
            variables.Add(match.Match);
            rest = match.After;
        }

        return _pattern.FullMatch(text.Append(rest).ToString()) is { } found
            ? [.. Enumerable.Range(1, Arguments.Count).Select(i => Restore(found.Group(i) ?? "", variables))]
            : null;
    }

    private static string Placeholder(int index) => string.Create(CultureInfo.InvariantCulture, $"{Mark}{index}{Mark}");

    private static string Restore(string value, List<string> variables)
    {
        for (var i = 0; i < variables.Count; i++)
        {
            value = value.Replace(Placeholder(i), variables[i], StringComparison.Ordinal);
        }

        return value;
    }

    private static (string Argument, string? Type, string? Pattern) Split(string text)
    {
        var typed = Typed().Match(text);
        if (typed.Success)
        {
            return (typed.Groups["name"].Value, typed.Groups["type"].Value, typed.Groups["own"].Success ? typed.Groups["pattern"].Value : null);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, null, null) : (text[..colon], null, text[(colon + 1)..]);
    }

    private static TypeInfo? ReadType(string argument, string? type)
    {
        if (type is null)
        {
            return null;
        }

        var match = VariableMatch.Search($"${{x: {type}}}", parseType: true);
        return TypeInfo.TryParseVariable(match, out var info, out var error)
            ? info
            : throw new VariableSyntaxException($"Invalid embedded argument '${{{argument}: {type}}}': {error}");
    }

    // A space in the name is any white space in a call.
    private static string EscapeText(string text) => PyRegexEscape.Escape(text).Replace("\\ ", "\\s", StringComparison.Ordinal);

    private static string Format(string own)
    {
        var flags = InlineFlags().Match(own);
        var pattern = flags.Success ? own[flags.Length..] : own;
        pattern = Group().Replace(pattern, "(?:${inner})");
        pattern = EscapedBrace().Replace(pattern, m => new string('\\', m.Groups["slashes"].Length / 2 * 2) + m.Groups["brace"].Value);
        pattern = pattern.Replace("\\\\", "\\\\\\\\", StringComparison.Ordinal);
        return $"{pattern}|{Mark}\\d+{Mark}";
    }

    [GeneratedRegex(@"\A(?<name>[^:]+): (?<type>[^:]+)(?<own>:(?<pattern>.*))?\z", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Typed();

    [GeneratedRegex(@"\A\(\?[aiLmsux]+(?:-[imsx]+)?\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InlineFlags();

    [GeneratedRegex(@"(?<!\\)\((?<inner>.*?)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Group();

    [GeneratedRegex(@"(?<slashes>\\+)(?<brace>[{}])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EscapedBrace();
}
