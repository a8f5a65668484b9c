using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Benchmarks;

/// <summary>One run of an engine as a whole process.</summary>
/// <param name="Milliseconds">From start to end of the process.</param>
/// <param name="PeakMebibytes">Greatest resident memory seen.</param>
/// <param name="Suite">The top suite of its output.xml.</param>
internal sealed record RobotProcess(double Milliseconds, double PeakMebibytes, XElement Suite)
{
    /// <summary>Seconds that the first element of a kind took.</summary>
    public double SecondsOf(string element) => double.Parse(
        Suite.DescendantsAndSelf(element).First().Element("status")!.Attribute("elapsed")!.Value, CultureInfo.InvariantCulture);

    /// <summary>Runs a suite.</summary>
    /// <param name="command">The engine: program and first arguments.</param>
    /// <param name="suite">Path of the suite.</param>
    /// <param name="output">Output folder.</param>
    /// <param name="options">More options.</param>
    /// <param name="environment">Variables on top of this process's own.</param>
    /// <param name="readsTree">Whether output.xml is read; a large one is not.</param>
    public static async Task<RobotProcess> RunAsync(
        IReadOnlyList<string> command,
        string suite,
        string output,
        IEnumerable<string> options,
        IReadOnlyDictionary<string, string>? environment = null,
        bool readsTree = true)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = CommandResult.Start(
            command[0], [.. command.Skip(1), "--outputdir", output, "--console", "none", .. options, suite], environment);
        var peak = 0.0;
        var ended = process.WaitForExitAsync();
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.WhenAny(ended, Task.Delay(2));
        }

        var time = Stopwatch.GetElapsedTime(started, Stopwatch.GetTimestamp()).TotalMilliseconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{suite}: exit {process.ExitCode}: {await process.StandardError.ReadToEndAsync()}");
        }

        var empty = new XElement("suite");
        return new RobotProcess(time, peak, readsTree ? XDocument.Load(Path.Combine(output, "output.xml")).Root!.Element("suite")! : empty);
    }

    // The high-water mark vanishes with the process, so it is read while it runs.
    private static double PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
