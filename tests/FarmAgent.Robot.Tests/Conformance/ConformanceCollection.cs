namespace FarmAgent.Robot.Tests.Conformance;

/// <summary>Recorded runs change the current directory and the environment of the process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConformanceCollection
{
    public const string Name = "conformance";
}
