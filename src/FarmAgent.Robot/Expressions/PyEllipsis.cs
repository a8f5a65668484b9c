using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The value of <c>...</c>.</summary>
internal sealed class PyEllipsis : IPyObject
{
    public static readonly PyEllipsis Instance = new();

    private PyEllipsis()
    {
    }

    public string TypeName => "ellipsis";

    public string Repr() => "Ellipsis";
}
