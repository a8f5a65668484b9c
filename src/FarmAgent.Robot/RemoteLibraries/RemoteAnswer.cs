using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.RemoteLibraries;

/// <summary>What the answer to a call of a remote keyword means.</summary>
internal static class RemoteAnswer
{
    /// <summary>Logs what the server printed, and gives the return value or the failure.</summary>
    public static object? Finish(object? answer, IKeywordContext context)
    {
        if (answer is not PyDict result || !result.ContainsKey("status"))
        {
            throw new KeywordFailedException($"Invalid remote result dictionary: {PyText.Repr(answer)}");
        }

        object? Get(string name) => result.TryGetValue(name, out var value) ? value : "";
        PrintedOutput.Log(PyText.InMessages(Get("output")), context);
        if (Get("status") is "PASS")
        {
            return Get("return");
        }

        var error = PyText.InMessages(Get("error"));
        throw Tracebacks.AttachText(
            new KeywordFailedException(error.Length == 0 ? "RemoteError" : error)
            {
                Kind = PyTruth.Of(Get("fatal")) ? FailureKind.Fatal : FailureKind.Failure,
                Continuable = PyTruth.Of(Get("continuable")),
            },
            PyText.InMessages(Get("traceback")));
    }
}
