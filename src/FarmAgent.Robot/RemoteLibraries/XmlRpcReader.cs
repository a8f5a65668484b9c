using System.Globalization;
using System.Numerics;
using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Keywords;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.RemoteLibraries;

/// <summary>Reads answers.</summary>
internal static class XmlRpcReader
{
    /// <summary>The value of an answer.</summary>
    /// <exception cref="XmlRpcFaultException">It is a fault, or no answer at all.</exception>
    public static object? Read(string text)
    {
        XmlNode root;
        try
        {
            root = XmlParser.Parse(text);
        }
        catch (PyErrorException error)
        {
            throw new XmlRpcFaultException(error.Message, XmlRpcFaultKind.Text);
        }

        if (Child(root, "fault") is { } fault && ReadValue(Child(fault, "value")) is PyDict described)
        {
            throw new XmlRpcFaultException(PyText.Str(described.TryGetValue("faultString", out var said) ? said : null), XmlRpcFaultKind.Fault);
        }

        var value = Child(Child(Child(root, "params"), "param"), "value");
        return value is null ? throw new XmlRpcFaultException("ResponseError()", XmlRpcFaultKind.Protocol) : ReadValue(value);
    }

    private static XmlNode? Child(XmlNode? parent, string tag) => parent?.Children.Find(child => child.Tag == tag);

    private static object? ReadValue(XmlNode? value)
    {
        if (value is null || value.Children.Count == 0)
        {
            return value?.Text ?? "";
        }

        var content = value.Children[0];
        var text = content.Text ?? "";
        return content.Tag switch
        {
            "boolean" => text.Trim() == "1",
            "int" or "i1" or "i2" or "i4" or "i8" or "biginteger" => PyNumbers.Normalize(BigInteger.Parse(text.Trim(), CultureInfo.InvariantCulture)),
            "double" or "float" => double.Parse(text.Trim(), CultureInfo.InvariantCulture),
            "base64" => Convert.FromBase64String(string.Concat(text.Where(c => !char.IsWhiteSpace(c)))),
            "dateTime.iso8601" => new PyDateTime(DateTime.ParseExact(text.Trim(), ["yyyyMMdd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture)),
            "array" => new PyList((Child(content, "data")?.Children ?? []).Select(ReadValue)),
            "struct" => new DotDict(content.Children.Select(member =>
                new KeyValuePair<object?, object?>(Child(member, "name")?.Text ?? "", ReadValue(Child(member, "value"))))),
            "nil" => null,
            _ => text,
        };
    }
}
