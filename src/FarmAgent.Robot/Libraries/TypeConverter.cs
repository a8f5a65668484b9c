using System.Numerics;
using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>Converts values to declared types.</summary>
/// <param name="languages">Words for true and false.</param>
/// <param name="evaluator">Reads literals.</param>
internal sealed partial class TypeConverter(Languages languages, IExpressionEvaluator evaluator) : IVariableTypeConverter
{
    private static readonly IReadOnlyDictionary<string, object?> NoNames = new Dictionary<string, object?>();

    private readonly Dictionary<string, TypeInfo> _types = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public object? Convert(object? value, string type, string kind, string? name = null)
    {
        if (Type(type).FindUnknown() is { } unknown)
        {
            throw new VariableSyntaxException($"Unrecognized type '{unknown.Name}'.");
        }

        try
        {
            return Convert(value, Type(type), kind, name);
        }
        catch (PyErrorException error) when (error.TypeName == "ValueError" && kind is "Value" or "Command line variable")
        {
            throw new VariableSyntaxException(error.Message);
        }
    }

    /// <summary>Converts a value.</summary>
    /// <exception cref="PyErrorException">ValueError: it cannot be converted.</exception>
    public object? Convert(object? value, TypeInfo type, string kind, string? name)
    {
        if (!type.IsKnown || Fits(value, type))
        {
            return value;
        }

        string? reason;
        string causes;
        try
        {
            if (TryConvert(value, type, out var result))
            {
                return result;
            }

            reason = null;
            causes = Tracebacks.OfPlainConversion(type.Kind, value);
        }
        catch (PyErrorException error) when (error.TypeName == "ValueError")
        {
            reason = error.Message;
            causes = Tracebacks.Of(error) ?? "";
        }

        var failure = Fail(value, type, kind, name, reason);
        throw reason is null && causes.Length == 0 ? failure : Tracebacks.Attach(failure, causes);
    }

    /// <summary>Whether a value is of a type already.</summary>
    public bool NeedsNoConversion(object? value, TypeInfo type) => Fits(value, type);

    /// <summary>Converts the value of an argument by its type, then by its default.</summary>
    public object? ConvertArgument(object? value, ParameterSpec parameter, bool allowUnresolved = false)
    {
        if (!parameter.IsConverted || (value is null && parameter is { HasDefault: true, Default: null }))
        {
            return null;
        }

        if (allowUnresolved && value is string text && VariableMatch.Contains(text))
        {
            return value;
        }

        PyErrorException? failure = null;
        if ((parameter.Hint ?? (parameter.Type is { } written ? Type(written) : null)) is { IsKnown: true } type)
        {
            try
            {
                return Convert(value, type, "Argument", parameter.Name);
            }
            catch (PyErrorException error) when (error.TypeName == "ValueError")
            {
                failure = error;
            }
        }

        if (parameter.HasDefault && (parameter.DefaultHint ?? TypeOfDefault(parameter.Default, value)) is { } byDefault)
        {
            try
            {
                return Convert(value, byDefault, "Argument", parameter.Name);
            }
            catch (PyErrorException)
            {
                // What the declared type said counts; without one the value stays as it is.
            }
        }

        return failure is null ? value : throw failure;
    }

    public TypeInfo Type(string text)
    {
        if (!_types.TryGetValue(text, out var type))
        {
            _types[text] = type = TypeReader.Read(text);
        }

        return type;
    }

    private TypeInfo? TypeOfDefault(object? value, object? given) => value switch
    {
        string => null,
        bool => Type("bool"),
        long or BigInteger => Type("int | float"),
        double => Type("float"),
        null when given is "" => null,
        null => Type("None"),
        _ => null,
    };

    private static PyErrorException Fail(object? value, TypeInfo type, string kind, string? name, string? reason)
    {
        if (type.Kind == "secret")
        {
            var shown = name is null ? kind : $"{kind} '{name}'";
            return PyErrorException.ValueError($"{shown} must have type 'Secret', got {PyTypeNames.InMessages(value)}.");
        }

        var given = value is string ? "" : $" ({PyTypeNames.InMessages(value)})";
        var end = string.IsNullOrEmpty(reason) ? "." : $": {reason}";
        var text = PyText.InMessages(value);
        return PyErrorException.ValueError(name is null
            ? $"{kind} '{text}'{given} cannot be converted to {type.Shown}{end}"
            : $"{kind} '{name}' got value '{text}'{given} that cannot be converted to {type.Shown}{end}");
    }
}
