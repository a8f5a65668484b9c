using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The module <c>re</c>.</summary>
internal static class ReModule
{
    public static Dictionary<string, object?> Create()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["compile"] = new PyFunction("compile", arguments => Compile(arguments.Expect(1, 2)[0], arguments.Get(1, "flags"))),
            ["escape"] = new PyFunction("escape", arguments => PyRegexEscape.Escape(arguments.Expect(1, 1).Text(0, "pattern"))),
        };
        foreach (var name in (string[])["I", "IGNORECASE", "M", "MULTILINE", "S", "DOTALL", "X", "VERBOSE", "A", "ASCII", "U", "UNICODE", "NOFLAG"])
        {
            members[name] = (long)(PyRegexFlagNames.Find(name) ?? PyRegexFlags.None);
        }

        foreach (var (name, flagsIndex) in ((string, int)[])
            [("search", 2), ("match", 2), ("fullmatch", 2), ("findall", 2), ("finditer", 2), ("sub", 4), ("subn", 4), ("split", 3)])
        {
            members[name] = new PyFunction(name, arguments => Call(name, flagsIndex, arguments));
        }

        return members;
    }

    private static object? Call(string name, int flagsIndex, CallArguments arguments)
    {
        if (arguments.Count < 2)
        {
            throw PyErrorException.TypeError($"{name}() missing required positional arguments");
        }

        var pattern = Compile(arguments.Get(0, "pattern"), arguments.Get(flagsIndex, "flags"));
        var rest = arguments.Positional.Skip(1).Take(flagsIndex - 1).ToList();
        var named = arguments.Named.Where(item => item.Key is not ("flags" or "pattern")).ToDictionary(StringComparer.Ordinal);
        return PyCalls.Call(PyAttributes.Get(pattern, name), rest, named);
    }

    private static PyPattern Compile(object? pattern, object? flags) => pattern switch
    {
        PyPattern compiled => compiled,
        string text => new PyPattern(PyRegex.Compile(text, flags is null ? PyRegexFlags.None : (PyRegexFlags)(int)CallArguments.BigInteger(flags)), false),
        byte[] bytes => new PyPattern(
            PyRegex.Compile(PyBytes.ToLatin1(bytes), PyRegexFlags.Ascii | (flags is null ? 0 : (PyRegexFlags)(int)CallArguments.BigInteger(flags))), true),
        _ => throw PyErrorException.TypeError("first argument must be string or compiled pattern"),
    };
}
