using System.Globalization;
using System.Numerics;
using System.Text;
using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.RemoteLibraries;

/// <summary>Writes calls.</summary>
internal static class XmlRpcWriter
{
    public static byte[] Write(string method, IEnumerable<object?> arguments)
    {
        var text = new StringBuilder("<?xml version='1.0' encoding='UTF-8'?>\n<methodCall>\n<methodName>").Append(Escape(method))
            .Append("</methodName>\n<params>\n");
        foreach (var argument in arguments)
        {
            text.Append("<param>\n");
            WriteValue(text, argument);
            text.Append("</param>\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("</params>\n</methodCall>\n").ToString());
    }

    private static void WriteValue(StringBuilder text, object? value)
    {
        text.Append("<value>");
        switch (value)
        {
            case bool flag:
                text.Append("<boolean>").Append(flag ? '1' : '0').Append("</boolean>");
                break;
            case long or int or BigInteger:
                PyNumbers.TryGetInteger(value, out var number);
                text.Append("<int>").Append(number >= int.MinValue && number <= int.MaxValue
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : throw new PyErrorException("OverflowError", "int exceeds XML-RPC limits")).Append("</int>");
                break;
            case double:
                text.Append("<double>").Append(PyText.Repr(value)).Append("</double>");
                break;
            case byte[] or PyByteArray:
                text.Append("<base64>\n").Append(Convert.ToBase64String(PyBytes.Of(value))).Append("\n</base64>");
                break;
            case PyDateTime time:
                text.Append(CultureInfo.InvariantCulture, $"<dateTime.iso8601>{time.Value:yyyyMMdd'T'HH:mm:ss}</dateTime.iso8601>");
                break;
            case PyList list:
                text.Append("<array><data>\n");
                list.ForEach(item => WriteValue(text, item));
                text.Append("</data></array>");
                break;
            case PyDict dict:
                WriteStruct(text, dict);
                break;
            default:
                text.Append("<string>").Append(Escape(PyText.Str(value))).Append("</string>");
                break;
        }

        text.Append("</value>\n");
    }

    private static void WriteStruct(StringBuilder text, PyDict dict)
    {
        text.Append("<struct>\n");
        foreach (var (key, value) in dict)
        {
            text.Append("<member>\n<name>").Append(Escape(PyText.Str(key))).Append("</name>\n");
            WriteValue(text, value);
            text.Append("</member>\n");
        }

        text.Append("</struct>");
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
