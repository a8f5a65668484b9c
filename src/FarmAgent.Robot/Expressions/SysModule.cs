using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The module <c>sys</c>: only what says which language this is.</summary>
internal static class SysModule
{
    public static Dictionary<string, object?> Create() => new(StringComparer.Ordinal)
    {
        ["version_info"] = new PyTuple(3L, 11L, 7L, "final", 0L),
        ["version"] = "3.11.7",
        ["platform"] = "linux",
        ["maxsize"] = long.MaxValue,
        ["byteorder"] = "little",
        ["maxunicode"] = 0x10ffffL,
    };
}
