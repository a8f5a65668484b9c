using FarmAgent.Robot.Results;
using FarmAgent.Robot.Running;

namespace FarmAgent.Robot.Libraries;

/// <summary>What a library keyword may use of the run.</summary>
public interface IKeywordContext
{
    /// <summary>Fires when a test or keyword timeout is reached or the run is cancelled; every wait of a keyword must obey it.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Time of the run: the wall clock, or that of a virtual bench.</summary>
    IRobotClock Clock { get; }

    /// <summary>Directory for files of the run, absolute.</summary>
    string OutputDirectory { get; }

    /// <summary>Whether the run is of tasks rather than of tests.</summary>
    bool Rpa { get; }

    /// <summary>Writes a log message into the running keyword; warnings and errors are shown on the console, too.</summary>
    /// <param name="text">The text.</param>
    /// <param name="level">Its level.</param>
    /// <param name="html">Whether the text is HTML.</param>
    void Log(string text, MessageLevel level = MessageLevel.Info, bool html = false);

    /// <summary>Writes raw text to the console at once.</summary>
    /// <param name="text">Text with its own line ends.</param>
    /// <param name="stream">Where to.</param>
    void WriteConsole(string text, ConsoleStream stream = ConsoleStream.Stdout);

    /// <summary>Waits on the clock of the run; ends early, by a fault, when a timeout is reached.</summary>
    /// <param name="duration">How long; zero or less returns at once.</param>
    void Sleep(TimeSpan duration);

    /// <summary>Value of a variable, or <paramref name="fallback"/> if there is none.</summary>
    /// <param name="name">Name with decoration, for example <c>${HOST}</c>.</param>
    /// <param name="fallback">Value if there is none.</param>
    object? GetVariable(string name, object? fallback = null);

    /// <summary>Adds tags to the running test; in a suite setup to all tests of the suite.</summary>
    /// <param name="tags">Tags to add.</param>
    void AddTags(params IReadOnlyList<string> tags);
}
