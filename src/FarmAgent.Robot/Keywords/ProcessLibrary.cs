using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <summary>The standard library Process: starting processes and waiting for them.</summary>
internal sealed partial class ProcessLibrary : IKeywordLibrary
{
    private const string StartArguments = "command: str, *arguments: str | Secret, cwd: str | None=None, shell: bool=False, "
        + "stdout: str | None=None, stderr: str | None=None, stdin=None, output_encoding: str='CONSOLE', alias: str | None=None, ";

    private const string EnvironmentArguments = "env: dict[str, str | Secret] | None=None, **env_extra: str | Secret";
    private const string OnTimeout = "on_timeout: Literal['continue', 'terminate', 'kill']";

    private readonly List<ProcessHandle> _processes = [];
    private readonly Dictionary<string, ProcessHandle> _aliases = new(StringComparer.Ordinal);
    private ProcessHandle? _current;

    public ProcessLibrary()
    {
        Keywords = [.. Running(), .. Results()];
    }

    public string Name => "Process";

    public IReadOnlyList<KeywordDescriptor> Keywords { get; }

    private IEnumerable<KeywordDescriptor> Running() =>
    [
        Plain("Run Process", $"{StartArguments}timeout: timedelta | None=None, {OnTimeout}='terminate', {EnvironmentArguments}", (context, a) =>
        {
            var before = _current;
            try
            {
                return Wait(context, Start(context, a), a["timeout"], a.Text("on_timeout"));
            }
            finally
            {
                _current = before;
            }
        }),
        Plain("Start Process", StartArguments + EnvironmentArguments, Start),
        Plain("Wait For Process", $"handle=None, timeout: timedelta | None=None, {OnTimeout}='continue'", (context, a) =>
            Wait(context, Find(a["handle"]), a["timeout"], a.Text("on_timeout"))),
        Plain("Terminate Process", "handle=None, kill: bool=False", (context, a) => Terminate(context, Find(a["handle"]), PyTruth.Of(a["kill"]))),
        Plain("Terminate All Processes", "kill: bool=False", (context, a) =>
        {
            foreach (var process in _processes.FindAll(process => process.IsRunning))
            {
                Terminate(context, process, PyTruth.Of(a["kill"]));
            }

            _processes.Clear();
            _aliases.Clear();
            _current = null;
            return null;
        }),
        Plain("Send Signal To Process", "signal: int | str, handle=None, group: bool=False", (context, a) =>
        {
            var process = Find(a["handle"]);
            var number = SignalNumbers.Find(a["signal"]);
            context.Log($"Sending signal {PyText.Str(a["signal"])} ({number}).");
            process.Send(number, PyTruth.Of(a["group"]));
            return null;
        }),
        Plain("Switch Process", "handle", (_, a) =>
        {
            _current = Find(a["handle"]);
            return null;
        }),
    ];

    private ProcessHandle Start(IKeywordContext context, KeywordArguments a)
    {
        var settings = new ProcessSettings(a);
        context.Log($"Starting process:\n{settings.Shown}");
        context.Log($"Process configuration:\n{settings.Describe()}", FarmAgent.Robot.Results.MessageLevel.Debug);
        var process = ProcessStarter.Start(settings);
        _processes.Add(process);
        _current = process;
        if (!string.IsNullOrEmpty(settings.Alias))
        {
            _aliases[settings.Alias.ToLowerInvariant().Replace(" ", string.Empty, StringComparison.Ordinal)] = process;
        }

        return process;
    }

    /// <summary>A process by object, alias or number; None is the active one.</summary>
    private ProcessHandle Find(object? handle)
    {
        switch (handle)
        {
            case null or "":
                return _current ?? throw new KeywordFailedException("No active process.");
            case ProcessHandle process:
                return process;
        }

        var text = PyText.Str(handle);
        if (_aliases.TryGetValue(text.ToLowerInvariant().Replace(" ", string.Empty, StringComparison.Ordinal), out var found))
        {
            return found;
        }

        return int.TryParse(text, out var number) && number > 0 && number <= _processes.Count
            ? _processes[number - 1]
            : throw Missing(text);
    }

    private static KeywordFailedException Missing(string name)
    {
        var cause = PyErrorException.ValueError($"Non-existing index or alias '{name}'.");
        return Tracebacks.Attach(new KeywordFailedException(cause.Message, "", cause), cause.ResultMessage);
    }
}
