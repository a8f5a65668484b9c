using System.Diagnostics;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Running shell commands.</content>
internal sealed partial class OperatingSystemLibrary
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private static IEnumerable<KeywordDescriptor> Commands() =>
    [
        Plain("Run", "command: str", (context, a) => Run(context, a.Text("command")).Output),
        Plain("Run And Return Rc", "command: str", (context, a) => Run(context, a.Text("command")).Code),
        Plain("Run And Return Rc And Output", "command: str", (context, a) =>
            Run(context, a.Text("command")) is var (code, output) ? new PyTuple(code, output) : null),
    ];

    private static (long Code, string Output) Run(IKeywordContext context, string command)
    {
        context.Log($"Running command '{command}'.");
        using var process = new Process
        {
            // The shell joins both streams in the order in which they are written.
            StartInfo = new ProcessStartInfo("/bin/sh", ["-c", "exec 2>&1\n" + command]) { RedirectStandardOutput = true, UseShellExecute = false },
        };
        process.Start();
        using var output = new MemoryStream();
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output, CancellationToken.None);
        while (!process.WaitForExit(PollInterval) || !copying.IsCompleted)
        {
            if (context.Cancellation.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                context.Cancellation.ThrowIfCancellationRequested();
            }
        }

        var text = PyCodecs.Decode(output.ToArray(), "utf-8", "replace").Replace("\r\n", "\n", StringComparison.Ordinal);
        return (process.ExitCode % 256, text.EndsWith('\n') ? text[..^1] : text);
    }
}
