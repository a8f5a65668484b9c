using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Tests.Bus;

public sealed class RegisterMapTests
{
    private readonly ListLog _log = new();

    [Fact]
    public void Write_ToReservedBits_KeepsTheResetValue()
    {
        var map = new RegisterMap("RCC", _log);
        map.Define("CR", 0, 0x0000_0083).Field("HSION", 0).Field("HSIRDY", 1, access: FieldAccess.ReadOnly).Field("HSITRIM", 3, 5);
        map.Write(0, 4, 0xFFFF_FF80);
        map.Read(0, 4, out var value);
        Assert.Equal(0x0000_0082u, value);
    }

    [Theory]
    [InlineData(nameof(FieldAccess.WriteOneToClear), 0xFu, 0x3u, 0xCu)]
    [InlineData(nameof(FieldAccess.WriteZeroToClear), 0xFu, 0x3u, 0x3u)]
    [InlineData(nameof(FieldAccess.SetOnly), 0x1u, 0x2u, 0x3u)]
    [InlineData(nameof(FieldAccess.ReadOnly), 0x5u, 0xFu, 0x5u)]
    [InlineData(nameof(FieldAccess.WriteOnly), 0x5u, 0xFu, 0x0u)]
    [InlineData(nameof(FieldAccess.ReadToClear), 0x5u, 0xFu, 0x5u)]
    public void Write_ByAccess_LeavesWhatTheManualSays(string access, uint stored, uint written, uint read)
    {
        var map = new RegisterMap("X", _log);
        var register = map.Define("SR", 0).Field("F", 0, 4, Enum.Parse<FieldAccess>(access));
        register.Value = stored;
        map.Write(0, 4, written);
        map.Read(0, 4, out var value);
        Assert.Equal(read, value);
    }

    [Fact]
    public void ReadToClear_SecondRead_IsZero()
    {
        var map = new RegisterMap("X", _log);
        map.Define("SR", 0).Field("F", 0, 4, FieldAccess.ReadToClear).Value = 7;
        map.Read(0, 4, out _);
        map.Read(0, 4, out var value);
        Assert.Equal(0u, value);
    }

    [Fact]
    public void Tagged_FieldThatChanges_IsLoggedByName()
    {
        var map = new RegisterMap("RCC", _log);
        map.Define("CFGR", 4).Field("SW", 0, 2).Tagged("MCO", 24, 3);
        map.Write(4, 4, 1);
        Assert.Empty(_log.Names);
        map.Write(4, 4, 0x0400_0001);
        Assert.Equal(["RCC.CFGR.MCO"], _log.Names);
    }

    [Fact]
    public void Unknown_Offset_ReadsZeroAndIsLogged()
    {
        var map = new RegisterMap("RCC", _log);
        Assert.Equal(BusResponse.Okay, map.Read(0x40, 4, out var value));
        Assert.Equal(0u, value);
        Assert.Equal(["RCC+0x040"], _log.Names);
    }

    [Theory]
    [InlineData(nameof(NarrowWrite.Replicate), 0xABAB_ABABu)]
    [InlineData(nameof(NarrowWrite.Merge), 0x1122_AB44u)]
    public void NarrowWrite_ArrivesByPolicy(string policy, uint expected)
    {
        var map = new RegisterMap("X", _log, Enum.Parse<NarrowWrite>(policy));
        var register = map.Define("R", 0).Field("F", 0, 32);
        register.Value = 0x1122_3344;
        map.Write(1, 1, 0xAB);
        Assert.Equal(expected, register.Value);
    }

    [Fact]
    public void Field_OverAnother_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new RegisterMap("X", _log).Define("R", 0).Field("A", 0, 4).Field("B", 3));

    [Fact]
    public void Define_SameOffset_IsRefused()
    {
        var map = new RegisterMap("X", _log);
        map.Define("A", 8);
        Assert.Throws<ArgumentException>(() => map.Define("B", 8));
    }

    private sealed class ListLog : IUnmodelledLog
    {
        public List<string> Names { get; } = [];

        public void Note(string name, bool write) => Names.Add(name);
    }
}
