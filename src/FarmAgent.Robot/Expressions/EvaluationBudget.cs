using System.Numerics;
using System.Runtime.CompilerServices;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>What one expression may use: steps, memory and depth. An expression of a suite can therefore not hang or starve the runner.</summary>
internal sealed class EvaluationBudget
{
    /// <summary>About a few seconds of work.</summary>
    private const long MaxSteps = 20_000_000;

    /// <summary>Items or characters of one value.</summary>
    private const long MaxSize = 64_000_000;

    /// <summary>Bits of an integer.</summary>
    private const long MaxBits = 8_000_000;

    /// <summary>Calls of functions inside one another. Python's own limit, less what a run takes of it.</summary>
    private const int MaxCalls = 900;

    [ThreadStatic]
    private static EvaluationBudget? _current;

    private int _depth;
    private int _calls;
    private long _steps;
    private long _allocated;

    /// <summary>Starts a budget for the current thread unless one is running.</summary>
    public static Scope Begin() => new(_current ??= new EvaluationBudget(), _current._depth++);

    /// <summary>Counts one step and checks that the stack has room.</summary>
    public static void Step()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new PyErrorException("RecursionError", "maximum recursion depth exceeded");
        }

        if (_current is { } budget && ++budget._steps > MaxSteps)
        {
            throw new PyErrorException("TimeoutError", $"expression needs more than {MaxSteps} steps");
        }
    }

    /// <summary>Counts a call into another function; <see cref="EndCall"/> ends it. Unwinding a whole stack would take minutes.</summary>
    public static void StartCall()
    {
        Step();
        if (_current is { } budget && ++budget._calls > MaxCalls)
        {
            budget._calls--;
            throw new PyErrorException("RecursionError", "maximum recursion depth exceeded");
        }
    }

    public static void EndCall()
    {
        if (_current is { } budget)
        {
            budget._calls--;
        }
    }

    /// <summary>Checks the size of a value before it is made.</summary>
    public static void Allocate(BigInteger size)
    {
        if (size > MaxSize)
        {
            throw new PyErrorException("MemoryError", string.Empty);
        }

        if (_current is { } budget && (budget._allocated += (long)BigInteger.Max(size, 0)) > 4 * MaxSize)
        {
            throw new PyErrorException("MemoryError", string.Empty);
        }
    }

    public static void AllocateBits(BigInteger bits)
    {
        if (bits > MaxBits)
        {
            throw new PyErrorException("MemoryError", string.Empty);
        }
    }

    /// <summary>Counts each item that is taken.</summary>
    public static IEnumerable<object?> Count(IEnumerable<object?> items)
    {
        var count = 0L;
        foreach (var item in items)
        {
            Step();
            if (++count > MaxSize)
            {
                throw new PyErrorException("MemoryError", string.Empty);
            }

            yield return item;
        }
    }

    /// <summary>Ends the budget with the outermost expression.</summary>
    internal readonly ref struct Scope(EvaluationBudget budget, int depth)
    {
        public void Dispose()
        {
            budget._depth = depth;
            if (depth == 0)
            {
                _current = null;
            }
        }
    }
}
