using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>What <c>object()</c> makes.</summary>
internal sealed class PyPlainObject : IPyObject
{
    public string TypeName => "object";

    public string Repr() => "<object object at 0x7f0000000000>";
}
