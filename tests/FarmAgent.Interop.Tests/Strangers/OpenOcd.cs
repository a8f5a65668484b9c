using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>Debian's OpenOCD, with its own configuration files for the adapter and the chip.</summary>
internal static class OpenOcd
{
    /// <summary>The adapter's high-level commands: what most configuration files of boards use.</summary>
    public const string HighLevel = "hla_swd";

    /// <summary>Debug port and access port registers through the adapter.</summary>
    public const string Direct = "dapdirect_swd";

    /// <summary>Configuration up to, but without, connecting.</summary>
    public static string[] Configuration(string transport) =>
    [
        "-f", transport == Direct ? "interface/stlink-dap.cfg" : "interface/stlink.cfg",
        "-c", $"transport select {transport}",
        "-f", "target/stm32f1x.cfg",
        "-c", "tcl_port disabled",
        "-c", "telnet_port disabled",
    ];

    /// <summary>Path of the program.</summary>
    public static string Find() => RequiredTool.Find("openocd", "openocd");

    /// <summary>Connects, runs commands and ends.</summary>
    public static Task<CommandResult> RunAsync(StrangersBench bench, string transport, params string[] commands) =>
        bench.RunAsync(Find(), [.. Configuration(transport), "-c", "gdb_port disabled", .. commands.SelectMany(c => new[] { "-c", c }), "-c", "shutdown"]);

    /// <summary>The same, where the exit code has to be 0.</summary>
    public static async Task<string> ExpectSuccessAsync(StrangersBench bench, string transport, params string[] commands)
    {
        var result = await RunAsync(bench, transport, commands);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Errors;
    }
}
