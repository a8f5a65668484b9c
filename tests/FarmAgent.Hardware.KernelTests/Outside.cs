using System.Diagnostics;
using System.Globalization;

[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace FarmAgent.Hardware.KernelTests;

/// <summary>What is around the guest: the twin outside, asked through the shared folder, and programs inside.</summary>
internal static class Outside
{
    private const string Share = "/share";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Has the host run a farmctl command on the twin.</summary>
    public static void Ask(string words)
    {
        var answer = Path.Combine(Share, "answer");
        File.Delete(answer);
        File.WriteAllText(Path.Combine(Share, "request.new"), words + "\n");
        File.Move(Path.Combine(Share, "request.new"), Path.Combine(Share, "request"));
        Until(() => File.Exists(answer) && new FileInfo(answer).Length > 0, $"an answer to '{words}'");
        var said = File.ReadAllText(answer);
        Assert.StartsWith("0\n", said, StringComparison.Ordinal);
    }

    /// <summary>Attaches a device of the tunnel.</summary>
    public static void Attach(string device)
    {
        var port = File.ReadAllText(Path.Combine(Share, "port")).Trim();

        // usbip cannot look at its ports while the kernel enumerates what came last.
        Until(() => Run("usbip", "--tcp-port", port, "attach", "-r", "10.0.2.2", "-b", device) == 0, $"{device} to attach");
    }

    /// <summary>Number of the I2C adapter whose name begins so.</summary>
    public static int Bus(string name) => int.Parse(
        Directory.GetDirectories("/sys/class/i2c-dev").Single(d => File.ReadAllText(d + "/name").StartsWith(name, StringComparison.Ordinal)).Split("i2c-")[^1],
        CultureInfo.InvariantCulture);

    /// <summary>Looks until it is so.</summary>
    public static void Until(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, $"Waited {Limit.TotalSeconds} s in vain for {what}.");
            Thread.Sleep(20);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
