using System.Diagnostics;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Waiting, ending and results. Processes live in real time, also on a virtual bench.</content>
internal sealed partial class ProcessLibrary
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TerminateLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);

    private IEnumerable<KeywordDescriptor> Results() =>
    [
        Plain("Is Process Running", "handle=None", (_, a) => Find(a["handle"]).IsRunning),
        Assertion("Process Should Be Running", "handle=None, error_message: str='Process is not running.'", (_, a) =>
        {
            if (!Find(a["handle"]).IsRunning)
            {
                throw new KeywordFailedException(a.Text("error_message"));
            }
        }),
        Assertion("Process Should Be Stopped", "handle=None, error_message: str='Process is running.'", (_, a) =>
        {
            if (Find(a["handle"]).IsRunning)
            {
                throw new KeywordFailedException(a.Text("error_message"));
            }
        }),
        Plain("Get Process Id", "handle=None", (_, a) => (long)Find(a["handle"]).Id),
        Plain("Get Process Object", "handle=None", (_, a) => Find(a["handle"])),
        Plain(
            "Get Process Result",
            "handle=None, rc: bool=False, stdout: bool=False, stderr: bool=False, stdout_path: bool=False, stderr_path: bool=False",
            GetResult),
        Plain("Split Command Line", "command: str, escaping: bool=False", (_, a) =>
            new PyList(CommandLines.Split(a.Text("command"), PyTruth.Of(a["escaping"])))),
        Plain("Join Command Line", "*command: Sequence[str] | str", (_, a) => CommandLines.Join(
            a.Varargs.SelectMany(part => part is string text ? [text] : PyIteration.Items(part).Select(PyText.Str)))),
    ];

    private object? GetResult(IKeywordContext context, KeywordArguments a)
    {
        var result = Find(a["handle"]).Result;
        if (result["rc"] is null)
        {
            throw new KeywordFailedException("Getting results of unfinished processes is not supported.");
        }

        var wanted = ((string[])["rc", "stdout", "stderr", "stdout_path", "stderr_path"]).Where(name => PyTruth.Of(a[name]))
            .Select(name => result[name]).ToArray();
        return wanted.Length switch
        {
            0 => result,
            1 => wanted[0],
            _ => new PyTuple(wanted),
        };
    }

    private static ProcessResult? Wait(IKeywordContext context, ProcessHandle process, object? timeout, string onTimeout)
    {
        context.Log("Waiting for process to complete.");
        if (KeywordTimes.Seconds(timeout) is { } seconds and > 0 && !IsStoppedWithin(context, process, TimeSpan.FromSeconds(seconds)))
        {
            context.Log($"Process did not complete in {TimeStrings.Format(seconds)}.");
            if (onTimeout.ToLowerInvariant() is not ("terminate" or "kill"))
            {
                context.Log("Leaving process intact.");
                return null;
            }

            return Terminate(context, process, onTimeout.Equals("kill", StringComparison.OrdinalIgnoreCase));
        }

        return WaitForEnd(context, process);
    }

    private static ProcessResult WaitForEnd(IKeywordContext context, ProcessHandle process)
    {
        while (!process.WaitForExit(PollInterval) || !process.Streams.AreClosed)
        {
            if (context.Cancellation.IsCancellationRequested)
            {
                process.Send(SignalNumbers.Kill, toGroup: true);
                context.Log("Timeout exceeded.");
                context.Log("Forcefully killing process.");
                context.Cancellation.ThrowIfCancellationRequested();
            }

            if (!process.IsRunning)
            {
                context.Cancellation.WaitHandle.WaitOne(PollInterval);
            }
        }

        process.Result["rc"] = process.ExitCode;
        process.Streams.Store(process.Result);
        context.Log("Process completed.");
        return process.Result;
    }

    private static ProcessResult Terminate(IKeywordContext context, ProcessHandle process, bool isKill)
    {
        if (!isKill)
        {
            context.Log("Gracefully terminating process.");
            process.Send(SignalNumbers.Terminate, toGroup: true);
            if (IsStoppedWithin(context, process, TerminateLimit))
            {
                return WaitForEnd(context, process);
            }

            context.Log("Graceful termination failed.");
        }

        context.Log("Forcefully killing process.");
        process.Send(SignalNumbers.Kill, toGroup: true);
        return IsStoppedWithin(context, process, KillLimit)
            ? WaitForEnd(context, process)
            : throw new KeywordFailedException("Failed to kill process.");
    }

    private static bool IsStoppedWithin(IKeywordContext context, ProcessHandle process, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (!process.WaitForExit(PollInterval))
        {
            if (context.Cancellation.IsCancellationRequested)
            {
                process.Send(SignalNumbers.Kill, toGroup: true);
                context.Cancellation.ThrowIfCancellationRequested();
            }

            if (watch.Elapsed >= limit)
            {
                return false;
            }
        }

        return true;
    }
}
