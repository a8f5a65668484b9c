using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The module <c>json</c>.</summary>
internal static class JsonModule
{
    public static Dictionary<string, object?> Create() => new(StringComparer.Ordinal)
    {
        ["loads"] = new PyFunction("loads", arguments => PyJsonReader.Read(arguments.Expect(1, 9).Get(0, "s") switch
        {
            string text => text,
            byte[] bytes => PyCodecs.Decode(bytes, "utf-8"),
            var other => throw PyErrorException.TypeError($"the JSON object must be str, bytes or bytearray, not {PyTypeNames.Of(other)}"),
        })),
        ["dumps"] = new PyFunction("dumps", PyJsonWriter.Dump),
    };
}
