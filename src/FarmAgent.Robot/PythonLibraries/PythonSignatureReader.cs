using System.Text.Json;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>Reads arguments and types as the host describes them.</summary>
/// <param name="host">Knows types that only Python can make.</param>
/// <param name="typed">Whether arguments are converted at all.</param>
internal sealed class PythonSignatureReader(PythonHost host, bool typed)
{
    public ArgumentSpec Read(JsonElement parameters) => new([.. parameters.EnumerateArray().Select(ReadParameter)]);

    private ParameterSpec ReadParameter(JsonElement json)
    {
        var kind = json.GetProperty("kind").GetString() switch
        {
            "/" => ParameterKind.PositionalOnly,
            "*" => ParameterKind.VarPositional,
            ">" => ParameterKind.NamedOnly,
            "**" => ParameterKind.VarNamed,
            _ => ParameterKind.PositionalOrNamed,
        };
        var hasDefault = json.TryGetProperty("default", out var given);
        return new ParameterSpec(json.GetProperty("name").GetString()!, kind, HasDefault: hasDefault, Default: hasDefault ? ReadDefault(given) : null)
        {
            IsConverted = typed,
            Hint = json.TryGetProperty("type", out var type) ? ReadType(type) : null,
            DefaultHint = json.TryGetProperty("defaultType", out var ofDefault) ? ReadType(ofDefault) : null,
        };
    }

    // A default that has no plain value only counts as "not None": Python itself fills it in.
    private object? ReadDefault(JsonElement json) =>
        json.TryGetProperty("type", out var type) && type.GetString() != "NoneType" ? $"<{type.GetString()}>" : host.Wire.Read(json.GetProperty("v"));

    private TypeInfo ReadType(JsonElement json)
    {
        if (json.TryGetProperty("text", out var text))
        {
            return ReadText(text.GetString()!);
        }

        var name = json.GetProperty("n").GetString()!;
        if (json.TryGetProperty("unknown", out _))
        {
            return TypeInfo.Unknown(name);
        }

        if (json.TryGetProperty("enum", out var members))
        {
            return TypeInfo.ForOutside(name, new PythonEnum(host, name, members, json.GetProperty("int").GetBoolean()));
        }

        if (json.TryGetProperty("items", out var items))
        {
            return TypeInfo.ForOutside(name, new PythonTypedDict(
                [.. items.EnumerateArray().Select(item => (item[0].GetString()!, ReadType(item[1])))],
                [.. json.GetProperty("required").EnumerateArray().Select(item => item.GetString()!)]));
        }

        if (json.TryGetProperty("converter", out var number))
        {
            return TypeInfo.ForOutside(name, new PythonConverter(host, number.GetInt32(), [.. json.GetProperty("accepts").EnumerateArray().Select(ReadType)]));
        }

        if (json.TryGetProperty("v", out var values))
        {
            return TypeInfo.Create(name, [.. values.EnumerateArray().Select(value => TypeInfo.ForLiteral(value[0].GetString()!, host.Wire.Read(value[1])))]);
        }

        // Messages show a type as it is written, for example List[int].
        if (json.TryGetProperty("shown", out var shown) && TypeInfo.Create(shown.GetString()!, null).Kind == TypeInfo.Create(name, null).Kind)
        {
            name = shown.GetString()!;
        }

        return TypeInfo.Create(name, json.TryGetProperty("a", out var nested) ? [.. nested.EnumerateArray().Select(ReadType)] : null);
    }

    private static TypeInfo ReadText(string text)
    {
        try
        {
            return TypeReader.Read(text);
        }
        catch (VariableSyntaxException)
        {
            return TypeInfo.Unknown(text);
        }
    }
}
