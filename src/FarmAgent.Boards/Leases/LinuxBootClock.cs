using System.Globalization;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Leases;

/// <summary>Boot time as the Linux kernel tells it in <c>/proc</c> (proc(5): uptime; random/boot_id).</summary>
public sealed class LinuxBootClock : IBootClock
{
    private const string Uptime = "/proc/uptime";

    /// <inheritdoc/>
    public string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <inheritdoc/>
    public TimeSpan Now
    {
        get
        {
            var text = File.ReadAllText(Uptime);
            var end = text.IndexOf(' ', StringComparison.Ordinal);
            return double.TryParse(text.AsSpan(0, Math.Max(0, end)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : throw new HardwareException(
                    "BOOT_CLOCK_UNREADABLE",
                    $"The time since boot could not be read: {Uptime} says '{text.Trim()}'. Mount /proc for the agent.");
        }
    }
}
