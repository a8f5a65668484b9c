using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Tests.Rendering;

public sealed class I2cScanGridTests
{
    [Fact]
    public void Write_OneHit_MarksItAndNamesIt()
    {
        using var writer = new StringWriter();
        I2cScanGrid.Write(writer, [new ScanHit { Address = 0x08, Description = "expander 1.0.0 (0xBEEF)" }]);
        var lines = writer.ToString().Split('\n');
        Assert.Equal("00:                         08 -- -- -- -- -- -- --", lines[1]);
        Assert.Equal("70: -- -- -- -- -- -- -- --", lines[8]);
        Assert.Equal("08 expander 1.0.0 (0xBEEF)", lines[9]);
    }
}
