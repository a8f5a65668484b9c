using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Running;

/// <summary>Passes what happens to the listeners, and filters messages by level.</summary>
internal sealed class RunOutput(IRobotClock clock) : IRunLog
{
    private readonly List<IRobotListener> _listeners = [];
    private List<Message>? _early = [];
    private int _depth;
    private TestResult? _test;
    private int _flattened;
    private Action? _errorOccurred;

    public IRobotClock Clock { get; } = clock;

    /// <summary>Messages below this level are dropped.</summary>
    public MessageLevel Level { get; set; } = MessageLevel.Info;

    /// <summary>Warnings and errors of the run.</summary>
    public IList<Message> Errors { get; } = [];

    /// <summary>Adds a listener; it is told the warnings and errors that came before it.</summary>
    public void Add(IRobotListener listener)
    {
        _early?.ForEach(listener.SystemMessage);
        _listeners.Add(listener);
    }

    public void StartSuite(SuiteResult suite)
    {
        _early = null;
        _listeners.ForEach(listener => listener.StartSuite(suite));
    }

    public void EndSuite(SuiteResult suite) => _listeners.ForEach(listener => listener.EndSuite(suite));

    public void StartTest(TestResult test)
    {
        _test = test;
        _listeners.ForEach(listener => listener.StartTest(test));
    }

    public void EndTest(TestResult test)
    {
        _listeners.ForEach(listener => listener.EndTest(test));
        _test = null;
    }

    /// <summary>Starts a step; inside a flattened keyword nobody is told.</summary>
    public void StartStep(StepResult step)
    {
        if (_flattened > 0)
        {
            _flattened++;
            return;
        }

        _depth++;
        foreach (var listener in _listeners)
        {
            step.NotifyStart(listener);
        }

        if (step is KeywordResult { Tags.Count: > 0 } keyword && keyword.Tags.Any(tag => Variables.NormalizedNames.Normalize(tag, "_") == "robot:flatten"))
        {
            _flattened = 1;
        }
    }

    public void EndStep(StepResult step)
    {
        if (_flattened > 1)
        {
            _flattened--;
            return;
        }

        _flattened = 0;
        foreach (var listener in _listeners)
        {
            step.NotifyEnd(listener);
        }

        _depth--;
    }

    /// <summary>Logs into the running step; warnings and errors also go to the run.</summary>
    public void Log(string text, MessageLevel level, bool html = false)
    {
        var isLogged = level >= Level && Level != MessageLevel.None;
        var isProblem = level is MessageLevel.Warn or MessageLevel.Error;
        if (!isLogged && !isProblem)
        {
            return;
        }

        var message = new Message(Clock.Now, level, text.Replace("\r\n", "\n", StringComparison.Ordinal), html);
        if (isLogged)
        {
            AddMessage(message);
        }

        if (isProblem)
        {
            System(message);
        }
    }

    /// <summary>Logs the message of a failure or skip.</summary>
    /// <param name="message">The whole message, also where the failure's own is cut.</param>
    /// <param name="skip">Whether it is a skip.</param>
    public void LogFailure(string message, bool skip) =>
        Log(FailureMessages.WithoutMark(message), skip ? MessageLevel.Skip : MessageLevel.Fail, FailureMessages.IsHtml(message));

    public void Warn(string text) => System(new Message(Clock.Now, MessageLevel.Warn, text));

    public void Error(string text) => System(new Message(Clock.Now, MessageLevel.Error, text));

    public void WriteConsole(string text, ConsoleStream stream) => _listeners.ForEach(listener => listener.ConsoleText(text, stream));

    public void Close(RunResult result, Action<string, string> announce) => _listeners.ForEach(listener => listener.Close(result, announce));

    /// <summary>Calls back at every error, and now if there was one before.</summary>
    public void TellErrorsTo(Action errorOccurred)
    {
        if (_errorOccurred is null && Errors.Any(message => message.Level == MessageLevel.Error))
        {
            errorOccurred();
        }

        _errorOccurred = errorOccurred;
    }

    private void AddMessage(Message message)
    {
        if (_depth > 0 || _test is not null)
        {
            foreach (var listener in _listeners)
            {
                listener.LogMessage(message);
            }
        }
    }

    private void System(Message message)
    {
        Errors.Add(message);
        _early?.Add(message);
        _listeners.ForEach(listener => listener.SystemMessage(message));
        if (message.Level == MessageLevel.Error)
        {
            _errorOccurred?.Invoke();
        }
    }
}
