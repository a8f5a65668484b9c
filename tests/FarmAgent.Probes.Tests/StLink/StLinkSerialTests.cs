using FarmAgent.Probes.StLink;

namespace FarmAgent.Probes.Tests.StLink;

public sealed class StLinkSerialTests
{
    [Fact]
    public void Decode_ProperDescriptor_IsKept() => Assert.Equal("55FF6B067087534923182367", StLinkSerial.Decode("55FF6B067087534923182367"));

    [Fact]
    public void Decode_TwelveRawBytes_BecomeHex()
    {
        var raw = "\u0055\u00FF\u006B\u0006\u0070\u0087\u0053\u0049\u0023\u0018\u0023\u0067";
        Assert.Equal("55FF6B067087534923182367", StLinkSerial.Decode(raw));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("????????????")]
    [InlineData("303030303030303030303031")]
    public void Decode_WhatTellsNothingApart_IsEmpty(string? raw) => Assert.Empty(StLinkSerial.Decode(raw));

    [Theory]
    [InlineData("a1b2", "A1B2")]
    [InlineData("6&9a", "6&9A")]
    [InlineData("a:b", "613A62")]
    public void Decode_ShortTextOfACopy_CanBeWrittenInASelector(string raw, string expected) => Assert.Equal(expected, StLinkSerial.Decode(raw));
}
