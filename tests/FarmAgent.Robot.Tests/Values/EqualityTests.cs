using System.Numerics;
using CsCheck;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Tests.Values;

public sealed class EqualityTests
{
    [Fact]
    public void Hash_IntegerAndFloatOfSameValue_IsEqual() => Gen.Long[-(1L << 53), 1L << 53].Sample(number =>
        PyEquality.AreEqual(number, (double)number) && PyEquality.Hash(number) == PyEquality.Hash((double)number));

    [Fact]
    public void AreEqual_IntegerBeyondFloatPrecision_ComparesExactly() =>
        Assert.False(PyEquality.AreEqual(9007199254740993L, 9007199254740992.0));

    [Fact]
    public void Normalize_SmallNumber_IsLong() => Assert.IsType<long>(PyNumbers.Normalize(BigInteger.One));

    [Fact]
    public void Dictionary_EqualNumbersOfDifferentTypes_AreOneKey()
    {
        var dict = new PyDict([new(1L, "a"), new(1.0, "b"), new(true, "c")]);
        Assert.Equal("{1: 'c'}", PyText.Repr(dict));
    }

    [Fact]
    public void Dictionary_NoneAsKey_IsFound() => Assert.True(new PyDict([new(null, 1L)]).ContainsKey(null));

    [Fact]
    public void Hash_List_RaisesTypeError()
    {
        var error = Assert.Throws<PyErrorException>(() => PyEquality.Hash(new PyList()));
        Assert.Equal("TypeError: unhashable type: 'list'", error.ResultMessage);
    }

    [Fact]
    public void Repr_ListInsideItself_Ends()
    {
        var list = new PyList { 1L };
        list.Add(list);
        Assert.Equal("[1, [...]]", PyText.Repr(list));
    }

    [Fact]
    public void Compose_DecomposedText_IsShort() => Assert.Equal("é한", UnicodeComposition.Compose("e\u0301\u1112\u1161\u11ab"));
}
