using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Gpio;

public sealed class WireTests : IDisposable
{
    private readonly BenchClock _clock = new(TimeProvider.System);
    private readonly NoticeBoard _notices;
    private readonly Wire _wire;

    public WireTests()
    {
        _notices = new NoticeBoard(_clock);
        _wire = new Wire("N", _notices);
    }

    [Theory]
    [InlineData(PinDrive.None, PinDrive.None, false)]
    [InlineData(PinDrive.None, PinDrive.PullUp, true)]
    [InlineData(PinDrive.None, PinDrive.PullDown, false)]
    [InlineData(PinDrive.Low, PinDrive.PullUp, false)]
    [InlineData(PinDrive.High, PinDrive.PullDown, true)]
    public void Level_OfDriverAndResistor_DriverWins(PinDrive drive, PinDrive pull, bool high)
    {
        _wire.Add("driver").Drive = drive;
        _wire.Add("resistor").Pull = pull;
        Assert.Equal(high, _wire.Level);
    }

    [Fact]
    public void Level_OfTwoOpenDrains_IsLowWhileOnePulls()
    {
        _wire.Add("pull").Pull = PinDrive.PullUp;
        var one = _wire.Add("one");
        var other = _wire.Add("other");
        one.Drive = PinDrive.Low;
        other.Drive = PinDrive.Low;
        one.Drive = PinDrive.None;
        var held = _wire.Level;
        other.Drive = PinDrive.None;
        Assert.Equal((false, true), (held, _wire.Level));
    }

    [Fact]
    public void Conflict_HighAgainstLow_IsLowAndNoticed()
    {
        _wire.Add("one").Drive = PinDrive.High;
        _wire.Add("other").Drive = PinDrive.Low;
        Assert.False(_wire.Level);
        Assert.Contains("one drives high against other", _notices.List().Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_End_SeesOnlyItself()
    {
        var driver = _wire.Add("driver");
        var reader = _wire.Add("reader");
        driver.Drive = PinDrive.High;
        _wire.SetConnected(reader, connected: false);
        Assert.Equal((true, false), (driver.Level, reader.Level));
    }

    [Fact]
    public void Cut_Driver_NoLongerDrivesTheNet()
    {
        var driver = _wire.Add("driver");
        _wire.Add("pull").Pull = PinDrive.PullUp;
        driver.Drive = PinDrive.Low;
        _wire.SetConnected(driver, connected: false);
        Assert.True(_wire.Level);
    }

    [Fact]
    public void Join_EndAgain_SeesTheNet()
    {
        var driver = _wire.Add("driver");
        var reader = _wire.Add("reader");
        driver.Drive = PinDrive.High;
        _wire.SetConnected(reader, connected: false);
        _wire.SetConnected(reader, connected: true);
        Assert.True(reader.Level);
    }

    [Fact]
    public void LevelChanged_TellsEachEndOnceForAChange()
    {
        var told = new List<bool>();
        _wire.Add("reader").LevelChanged = told.Add;
        var driver = _wire.Add("driver");
        driver.Drive = PinDrive.High;
        driver.Set(PinDrive.High, PinDrive.PullUp);
        driver.Drive = PinDrive.Low;
        Assert.Equal([true, false], told);
    }

    [Fact]
    public void LevelChanged_HandlerThatDrivesBackForEver_IsNoticedAsAnOscillation()
    {
        var echo = _wire.Add("echo");
        echo.LevelChanged = high => echo.Drive = high ? PinDrive.Low : PinDrive.None;
        _wire.Add("pull").Pull = PinDrive.PullUp;
        Assert.Contains(_notices.List(), n => n.Text.StartsWith("oscillates", StringComparison.Ordinal));
    }

    public void Dispose() => _clock.Dispose();
}
