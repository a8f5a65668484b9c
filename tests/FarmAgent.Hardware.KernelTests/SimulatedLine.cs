namespace FarmAgent.Hardware.KernelTests;

/// <summary>
/// Line PG11 of the kernel's gpio-sim (Documentation/admin-guide/gpio/gpio-sim.rst), whose files the guest script names: what pulls the wire, and its level.
/// </summary>
internal static class SimulatedLine
{
    public const string Name = "PG11";

    private static readonly string Folder = Environment.GetEnvironmentVariable("FARM_GPIO_WIRE")
        ?? throw new InvalidOperationException("FARM_GPIO_WIRE is not set: these tests run in the kernel lane's guest, by ./build.sh kernel-test contracts.");

    public static bool Level => File.ReadAllText(Folder + "/value").Trim() == "1";

    public static void Pull(bool high) => File.WriteAllText(Folder + "/pull", high ? "pull-up" : "pull-down");
}
