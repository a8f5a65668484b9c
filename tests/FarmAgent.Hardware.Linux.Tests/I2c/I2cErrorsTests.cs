using System.Device.I2c;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Linux.I2c;

namespace FarmAgent.Hardware.Linux.Tests.I2c;

public sealed class I2cErrorsTests
{
    [Theory]
    [InlineData(6, I2cTransferStatus.AddressNack)]
    [InlineData(121, I2cTransferStatus.DataNack)]
    [InlineData(11, I2cTransferStatus.ArbitrationLost)]
    [InlineData(110, I2cTransferStatus.Timeout)]
    [InlineData(16, I2cTransferStatus.BusStuck)]
    [InlineData(5, I2cTransferStatus.AdapterFault)]
    public void Outcome_ErrorOfTheKernel_IsToldApart(int error, I2cTransferStatus status) => Assert.Equal(status, I2cErrors.Outcome(error, addressOnly: false));

    [Theory]
    [InlineData(19)]
    [InlineData(108)]
    public void Outcome_AdapterGone_IsNone(int error) => Assert.Null(I2cErrors.Outcome(error, addressOnly: false));

    [Fact]
    public void NumberOf_AdapterThatIsNotThere_IsThePlatforms()
    {
        // The package throws when it opens the node: ENOENT, 2.
        var thrown = Assert.Throws<IOException>(() => I2cDevice.Create(new I2cConnectionSettings(4711, 8)));
        var last = I2cErrors.Last();

        Assert.Equal(2, I2cErrors.NumberOf(thrown, last));
    }

    [Theory]
    [InlineData("Error 121 performing I2C data transfer.", 121)]
    [InlineData("Error 6 performing I2C data transfer.", 6)]
    [InlineData("no number at all", 110)]
    public void NumberOf_Text_GoesBeforeTheLastNumber(string text, int number) =>
        Assert.Equal(number, I2cErrors.NumberOf(new IOException(text), last: 110));
}
