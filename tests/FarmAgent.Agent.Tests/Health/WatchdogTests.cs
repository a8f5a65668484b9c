using FarmAgent.Agent.Health;
using FarmAgent.Boards.Executors;
using FarmAgent.TestKit.Time;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Abstractions;

namespace FarmAgent.Agent.Tests.Health;

public sealed class WatchdogTests : ISystemdNotifier
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly FakeTime _time = new();
    private int _pings;

    public bool IsEnabled => true;

    void ISystemdNotifier.Notify(ServiceState state) => _pings++;

    [Fact]
    public void Look_EverythingWorks_Pings()
    {
        var health = new WorkHealth(() => [new ExecutorStatus("probe", "flash", Limit, 0, IsHung: false)], _time);
        health.Beat("loop", Limit);

        new Watchdog(this, health, NullLogger.Instance).Look();

        Assert.Equal(1, _pings);
    }

    [Fact]
    public void Look_ThreadHangs_StaysSilentUntilItReturns()
    {
        var isHung = true;
        var health = new WorkHealth(() => [new ExecutorStatus("probe", "flash", Limit, 0, isHung)], _time);
        var watchdog = new Watchdog(this, health, NullLogger.Instance);
        watchdog.Look();
        var whileHung = _pings;
        isHung = false;

        watchdog.Look();

        Assert.Equal((0, 1), (whileHung, _pings));
    }

    [Fact]
    public void Look_LoopDoesNotComeRound_StaysSilent()
    {
        var health = new WorkHealth(() => [], _time);
        health.Beat("loop", Limit);
        _time.Advance(Limit + TimeSpan.FromSeconds(1));

        new Watchdog(this, health, NullLogger.Instance).Look();

        Assert.Equal(0, _pings);
        Assert.Contains("loop has not come round", health.FindTrouble(), StringComparison.Ordinal);
    }
}
