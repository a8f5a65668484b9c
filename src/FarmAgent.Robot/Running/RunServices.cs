using FarmAgent.Robot.Building;
using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.PythonLibraries;
using FarmAgent.Robot.Settings;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>What all suites of a run share.</summary>
internal sealed class RunServices
{
    public required RunSettings Settings { get; init; }

    public required RunOutput Output { get; init; }

    public required VariableScopes Variables { get; init; }

    public required TypeConverter Converter { get; init; }

    public required Languages Languages { get; init; }

    public required FileBuilder Files { get; init; }

    public required LibraryImporter Importer { get; init; }

    public required PythonRuntime Python { get; init; }

    public required IRobotClock Clock { get; init; }

    /// <summary>Ends the run gracefully.</summary>
    public required StopRequest Stop { get; init; }

    /// <summary>What the host knows about a keyword that has just failed.</summary>
    public Func<string?>? Evidence { get; init; }

    public bool Rpa { get; set; }

    public bool DryRun => Settings.DryRun;
}
