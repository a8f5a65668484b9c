using FarmAgent.Probes.Cortex;

namespace FarmAgent.Probes.Tests.Cortex;

public sealed class FaultStatusTests
{
    [Fact]
    public void ToString_NoFault_SaysSo() => Assert.Equal("no fault recorded", default(FaultStatus).ToString());

    [Fact]
    public void ToString_PreciseBusError_NamesTheAddress()
    {
        var faults = new FaultStatus(0x0000_8200, 0x4000_0000, 0, 0x6000_0000, 3);
        Assert.Equal(
            "precise data bus error, escalated to a hard fault at 0x60000000 (CFSR 0x00008200, HFSR 0x40000000)",
            faults.ToString());
    }

    [Theory]
    [InlineData(0x0001_0000u, "undefined instruction")]
    [InlineData(0x0002_0000u, "invalid state (Thumb bit clear)")]
    [InlineData(0x0200_0000u, "division by zero")]
    [InlineData(0x0000_0100u, "instruction bus error")]
    public void ToString_Cause_IsInWords(uint configurable, string expected) =>
        Assert.StartsWith(expected, new FaultStatus(configurable, 0, 0, 0, 0).ToString(), StringComparison.Ordinal);

    [Fact]
    public void FaultAddress_NotMarkedValid_IsUnknown() => Assert.Null(new FaultStatus(0x0200, 0, 0x1234, 0x5678, 0).FaultAddress);

    [Fact]
    public void FaultAddress_MemoryFault_IsThatOfMemoryManagement() =>
        Assert.Equal(0x1234u, new FaultStatus(0x0082, 0, 0x1234, 0x5678, 0).FaultAddress);
}
