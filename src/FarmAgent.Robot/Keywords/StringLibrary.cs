using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>The standard library String: taking text apart, changing it, checking it.</summary>
internal sealed partial class StringLibrary : IKeywordLibrary
{
    private const string Subject = "string: str | bytes";

    private static readonly KeywordDescriptor[] Table = [.. Conversions(), .. LineKeywords(), .. Replacing(), .. Splitting(), .. Checks()];

    public string Name => "String";

    public IReadOnlyList<KeywordDescriptor> Keywords => Table;

    private static TextOrBytes SubjectOf(KeywordArguments arguments) => TextOrBytes.Of(arguments["string"]);

    /// <summary>An empty text once stood for the default.</summary>
    private static object? WithoutEmpty(IKeywordContext context, KeywordArguments arguments, string name, object? instead)
    {
        if (arguments[name] is not "")
        {
            return arguments[name];
        }

        context.Log(
            $"Using an empty string as a value with argument '{name}' is deprecated. Use '{PyText.Str(instead)}' instead.", MessageLevel.Warn);
        return instead;
    }
}
