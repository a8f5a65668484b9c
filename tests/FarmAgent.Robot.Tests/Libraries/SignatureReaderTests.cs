using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Tests.Libraries;

public sealed class SignatureReaderTests
{
    [Fact]
    public void Read_EveryKind_IsTold()
    {
        var spec = SignatureReader.Read("a, /, b: int=1, *rest, c='x, y', **free");
        Assert.Equal(
            [ParameterKind.PositionalOnly, ParameterKind.PositionalOrNamed, ParameterKind.VarPositional, ParameterKind.NamedOnly, ParameterKind.VarNamed],
            spec.Parameters.Select(parameter => parameter.Kind));
    }

    [Theory]
    [InlineData("x=None", null)]
    [InlineData("x=True", true)]
    [InlineData("x=-3", -3L)]
    [InlineData("x=1.5", 1.5)]
    [InlineData("x: Literal['a', 'b']='b'", "b")]
    public void Read_Default_HasItsValue(string signature, object? value) => Assert.Equal(value, SignatureReader.Read(signature).Parameters[0].Default);
}
