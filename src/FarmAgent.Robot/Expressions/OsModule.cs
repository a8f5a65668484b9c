using System.Collections;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The module <c>os</c>, without anything that touches files or processes.</summary>
internal static class OsModule
{
    public static Dictionary<string, object?> Create() => new(StringComparer.Ordinal)
    {
        ["sep"] = "/",
        ["pathsep"] = ":",
        ["linesep"] = "\n",
        ["curdir"] = ".",
        ["pardir"] = "..",
        ["extsep"] = ".",
        ["altsep"] = null,
        ["devnull"] = "/dev/null",
        ["name"] = "posix",
        ["path"] = new PyModule("posixpath", OsPathModule.Create()),
        ["environ"] = ReadEnvironment(),
        ["getcwd"] = new PyFunction("getcwd", _ => Environment.CurrentDirectory),
        ["getpid"] = new PyFunction("getpid", _ => (long)Environment.ProcessId),
        ["getenv"] = new PyFunction("getenv", arguments =>
            Environment.GetEnvironmentVariable(arguments.Expect(1, 2).Text(0, "key")) ?? arguments.Get(1, "default")),
        ["fspath"] = new PyFunction("fspath", arguments => PyText.Str(arguments.Expect(1, 1)[0])),
        ["cpu_count"] = new PyFunction("cpu_count", _ => (long)Environment.ProcessorCount),
    };

    private static PyDict ReadEnvironment() => new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(item => new KeyValuePair<object?, object?>(item.Key, item.Value)));
}
