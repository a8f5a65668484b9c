using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Calls values.</summary>
internal static class PyCalls
{
    private static readonly Dictionary<string, object?> NoNames = [];

    public static object? Call(object? callee, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?>? named = null) =>
        callee is IPyCallable callable
            ? callable.Call(arguments, named ?? NoNames)
            : throw PyErrorException.TypeError($"'{PyTypeNames.Of(callee)}' object is not callable");

    /// <summary>A function of one argument, for sorting and the like; None is no function.</summary>
    public static Func<object?, object?>? AsKey(object? callee) => callee is null ? null : value => Call(callee, [value]);
}
