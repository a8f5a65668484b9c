using FarmAgent.Agent.Health;
using FarmAgent.Boards;
using FarmAgent.Boards.Executors;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Abstractions;

namespace FarmAgent.Agent.Tests.Health;

/// <summary>A real device's thread in a job that does not return.</summary>
public sealed class HungExecutorTests : ISystemdNotifier
{
    private int _pings;

    public bool IsEnabled => true;

    void ISystemdNotifier.Notify(ServiceState state) => _pings++;

    [Fact]
    public async Task Look_JobIgnoresItsStop_StaysSilentUntilItReturns()
    {
        await using var agent = await TestAgent.StartAsync();
        var token = agent.Host.Core.Leases.Authorize((await agent.LeaseAsync()).Name["leases/".Length..], "b1");
        using var free = new ManualResetEventSlim();
        using var executor = new DeviceExecutor("b1/probe", TimeProvider.System, new ExecutorOptions { HangLimit = TimeSpan.FromMilliseconds(1) });
        var health = new WorkHealth(() => [executor.Status], TimeProvider.System);
        var watchdog = new Watchdog(this, health, NullLogger.Instance);

        var fault = await Assert.ThrowsAsync<BoardException>(() => executor.RunAsync(
            token, "a job that hangs", _ => free.Wait(TimeSpan.FromSeconds(60), CancellationToken.None), TimeSpan.FromMilliseconds(100), TestAgent.Cancellation));
        watchdog.Look();
        var (whileHung, trouble) = (_pings, health.FindTrouble());
        free.Set();
        while (executor.Status.IsHung)
        {
            TestAgent.Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        watchdog.Look();

        Assert.Equal(("DEVICE_HUNG", 0, 1), (fault.Reason, whileHung, _pings));
        Assert.Contains("b1/probe hangs in 'a job that hangs'", trouble, StringComparison.Ordinal);
    }
}
