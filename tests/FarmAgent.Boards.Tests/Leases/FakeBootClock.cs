using FarmAgent.Boards.Leases;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Boards.Tests.Leases;

/// <summary>Boot time that passes with a test's time.</summary>
internal sealed class FakeBootClock(FakeTime time, string bootId = "boot-1") : IBootClock
{
    public string BootId { get; } = bootId;

    public TimeSpan Now => TimeSpan.FromDays(1) + time.Elapsed;
}
