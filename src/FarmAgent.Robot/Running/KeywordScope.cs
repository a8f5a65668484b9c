using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Running;

/// <summary>What one call of a library keyword sees; keywords of this assembly also reach the whole context.</summary>
/// <param name="suite">State of the suite.</param>
/// <param name="result">Result of the call.</param>
internal sealed class KeywordScope(SuiteContext suite, KeywordResult result) : IKeywordContext
{
    public SuiteContext Suite { get; } = suite;

    /// <summary>Result of the call; keywords that it runs become its children.</summary>
    public KeywordResult Result { get; } = result;

    /// <inheritdoc/>
    public CancellationToken Cancellation => Suite.Cancellation;

    /// <inheritdoc/>
    public IRobotClock Clock => Suite.Clock;

    /// <inheritdoc/>
    public string OutputDirectory => Suite.OutputDirectory;

    /// <inheritdoc/>
    public bool Rpa => Suite.Rpa;

    /// <inheritdoc/>
    public void Log(string text, MessageLevel level = MessageLevel.Info, bool html = false) => Suite.Log(text, level, html);

    /// <inheritdoc/>
    public void WriteConsole(string text, ConsoleStream stream = ConsoleStream.Stdout) => Suite.WriteConsole(text, stream);

    /// <inheritdoc/>
    public void Sleep(TimeSpan duration) => Suite.Sleep(duration);

    /// <inheritdoc/>
    public object? GetVariable(string name, object? fallback = null) => Suite.GetVariable(name, fallback);

    /// <inheritdoc/>
    public void AddTags(params IReadOnlyList<string> tags) => Suite.AddTags(tags);
}
