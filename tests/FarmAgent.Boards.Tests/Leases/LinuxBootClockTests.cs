using FarmAgent.Boards.Leases;

namespace FarmAgent.Boards.Tests.Leases;

public sealed class LinuxBootClockTests
{
    [Fact]
    public void Now_ThisHost_HasPassedSinceBoot()
    {
        Assert.SkipUnless(File.Exists("/proc/uptime"), "This host has no /proc/uptime.");

        Assert.True(new LinuxBootClock().Now > TimeSpan.Zero);
    }

    [Fact]
    public void BootId_ThisHost_IsUuid()
    {
        Assert.SkipUnless(File.Exists("/proc/sys/kernel/random/boot_id"), "This host has no boot id.");

        Assert.True(Guid.TryParse(new LinuxBootClock().BootId, out _));
    }
}
