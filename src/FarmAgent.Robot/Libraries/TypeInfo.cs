using System.Diagnostics.CodeAnalysis;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>A type as written: a name, its parameters, or a union.</summary>
internal sealed class TypeInfo
{
    private static readonly Dictionary<string, (string Kind, string Shown)> Known = new(StringComparer.Ordinal)
    {
        ["..."] = ("...", "..."),
        ["ellipsis"] = ("...", "..."),
        ["any"] = ("any", "Any"),
        ["object"] = ("object", "object"),
        ["str"] = ("str", "string"),
        ["string"] = ("str", "string"),
        ["unicode"] = ("str", "string"),
        ["bool"] = ("bool", "boolean"),
        ["boolean"] = ("bool", "boolean"),
        ["int"] = ("int", "integer"),
        ["integer"] = ("int", "integer"),
        ["long"] = ("int", "integer"),
        ["float"] = ("float", "float"),
        ["double"] = ("float", "float"),
        ["decimal"] = ("decimal", "decimal"),
        ["bytes"] = ("bytes", "bytes"),
        ["bytearray"] = ("bytearray", "bytearray"),
        ["datetime"] = ("datetime", "datetime"),
        ["date"] = ("date", "date"),
        ["timedelta"] = ("timedelta", "timedelta"),
        ["path"] = ("path", "Path"),
        ["none"] = ("none", "None"),
        ["sequence"] = ("sequence", "Sequence"),
        ["list"] = ("list", "list"),
        ["tuple"] = ("tuple", "tuple"),
        ["set"] = ("set", "set"),
        ["frozenset"] = ("frozenset", "frozenset"),
        ["mapping"] = ("mapping", "Mapping"),
        ["map"] = ("mapping", "Mapping"),
        ["dictionary"] = ("dict", "dictionary"),
        ["dict"] = ("dict", "dictionary"),
        ["union"] = ("union", "Union"),
        ["literal"] = ("literal", "Literal"),
        ["secret"] = ("secret", "Secret"),
    };

    private TypeInfo(string name, string kind, IReadOnlyList<TypeInfo>? nested, object? literal = null) =>
        (Name, Kind, Nested, Literal) = (name, kind, nested, literal);

    /// <summary>Name as written.</summary>
    public string Name { get; }

    /// <summary>What a type of a library means.</summary>
    public IOutsideType? Outside { get; private init; }

    /// <summary>What it means, in lower case; empty if it is not known.</summary>
    public string Kind { get; }

    /// <summary>Parameters, members of a union, or values of a Literal; <see langword="null"/> when there are no brackets.</summary>
    public IReadOnlyList<TypeInfo>? Nested { get; }

    /// <summary>The value of a member of Literal.</summary>
    public object? Literal { get; }

    public bool IsKnown => Kind.Length > 0;

    /// <summary>Name in messages.</summary>
    public string Shown => Kind switch
    {
        "union" => ErrorList.Quote(Nested!.Select(type => type.Shown), " or ", ""),
        "literal" => ErrorList.Quote((Nested ?? []).Select(type => type.Name), " or ", ""),
        "" or "outside" => ToString(),
        _ => Nested is null ? Known[Kind switch { "..." => "...", _ => Kind }].Shown : ToString(),
    };

    public static TypeInfo Union(IReadOnlyList<TypeInfo> members) => members.Count == 1
        ? members[0]
        : new("Union", "union", [.. members.SelectMany(member => member.Kind == "union" ? member.Nested! : [member])]);

    /// <summary>A type that a library declares.</summary>
    public static TypeInfo ForOutside(string name, IOutsideType type) => new(name, "outside", null) { Outside = type };

    /// <summary>A type that is not known: values stay as they are.</summary>
    public static TypeInfo Unknown(string name) => new(name, "", null);

    public static TypeInfo ForLiteral(string shown, object? value) => new(shown, "value", null, value);

    /// <summary>Makes a type of its name and its parameters.</summary>
    /// <exception cref="VariableSyntaxException">The number of parameters is wrong.</exception>
    public static TypeInfo Create(string name, IReadOnlyList<TypeInfo>? nested)
    {
        var kind = Known.TryGetValue(name.ToLowerInvariant(), out var known) ? known.Kind : "";
        if (nested is not null)
        {
            CheckParameters(name, kind, nested);
        }

        return kind == "union" ? Union(nested ?? []) : new TypeInfo(name, kind, nested);
    }

    /// <summary>Reads the type of a variable; no type counts as success without one.</summary>
    public static bool TryParseVariable(VariableMatch match, out TypeInfo? type, [NotNullWhen(false)] out string? error, bool wrap = true)
    {
        (type, error) = (null, null);
        if (string.IsNullOrEmpty(match.Type))
        {
            return true;
        }

        try
        {
            type = TypeReader.Read(wrap ? Wrapped(match) : match.Type);
            var unknown = type.FindUnknown();
            error = unknown is null ? null : $"Unrecognized type '{unknown.Name}'.";
        }
        catch (VariableSyntaxException problem)
        {
            error = problem.Message;
        }

        return error is null;
    }

    /// <summary>The first type inside this one that is not known.</summary>
    public TypeInfo? FindUnknown()
    {
        if (!IsKnown)
        {
            return this;
        }

        return Kind == "literal" ? null : Nested?.Select(type => type.FindUnknown()).FirstOrDefault(type => type is not null);
    }

    public override string ToString() => Kind == "union"
        ? string.Join(" | ", Nested!)
        : Nested is null ? Name : $"{Name}[{string.Join(", ", Nested)}]";

    /// <summary>The type of the whole value of a list or dictionary variable, whose type is that of the items.</summary>
    public static string Wrapped(VariableMatch match)
    {
        switch (match.Identifier)
        {
            case '@':
                return $"list[{match.Type}]";
            case '&':
                var split = match.Type!.IndexOf('=', StringComparison.Ordinal);
                return split < 0 ? $"dict[Any, {match.Type}]" : $"dict[{match.Type[..split]}, {match.Type[(split + 1)..]}]";
            default:
                return match.Type!;
        }
    }

    private static void CheckParameters(string name, string kind, IReadOnlyList<TypeInfo> nested)
    {
        var homogenous = kind == "tuple" && nested.Count > 0 && nested[^1].Kind == "...";
        var wanted = kind switch
        {
            "list" or "sequence" or "set" or "frozenset" => 1,
            "dict" or "mapping" => 2,
            "tuple" when homogenous => 2,
            "tuple" or "union" or "literal" or "" => nested.Count,
            _ => 0,
        };
        if (nested.Count == wanted)
        {
            return;
        }

        var offset = homogenous ? -1 : 0;
        var shown = homogenous ? "Homogenous tuple" : wanted > 0 ? $"'{name}[]'" : $"'{name}'";
        var args = string.Join(", ", nested);
        throw new VariableSyntaxException(wanted == 0
            ? $"{shown} does not accept parameters, '{name}[{args}]' has {nested.Count}."
            : $"{shown} requires exactly {wanted + offset} parameter{(wanted + offset == 1 ? "" : "s")}, '{name}[{args}]' has {nested.Count + offset}.");
    }
}
