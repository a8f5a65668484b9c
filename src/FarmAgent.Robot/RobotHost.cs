using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Running;

namespace FarmAgent.Robot;

/// <summary>What surrounds a run: consoles, native libraries, time, cancellation.</summary>
public sealed class RobotHost
{
    /// <summary>Where the console output goes.</summary>
    public required TextWriter Stdout { get; init; }

    /// <summary>Where warnings, errors and usage problems go.</summary>
    public required TextWriter Stderr { get; init; }

    /// <summary>
    /// Native libraries by import name, besides the standard ones. A Python file whose module name is in this table is replaced by its native twin.
    /// </summary>
    public IReadOnlyDictionary<string, LibraryFactory> Libraries { get; init; } = new Dictionary<string, LibraryFactory>();

    /// <summary>Path of the interpreter that runs Python libraries; <see langword="null"/> when there is none. By default <c>python3</c> of the search path.</summary>
    public string? Python { get; init; } = PythonLibraries.PythonProgram.Find();

    /// <summary>Told about the run in addition to the writers that the options ask for.</summary>
    public IReadOnlyList<IRobotListener> Listeners { get; init; } = [];

    /// <summary>Time of the run.</summary>
    public IRobotClock Clock { get; init; } = new SystemRobotClock(TimeProvider.System);

    /// <summary>Ends the run gracefully, as the first interrupt signal does.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Whether standard output is a terminal: decides about colours and markers when their options are <c>auto</c>.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Asked whenever a keyword fails; what it returns is logged into that keyword, before the failure's own message.</summary>
    public Func<string?>? Evidence { get; init; }

    /// <summary>Takes the result when the run is over; not called when the run was refused.</summary>
    public Action<RunResult>? Finished { get; init; }
}
