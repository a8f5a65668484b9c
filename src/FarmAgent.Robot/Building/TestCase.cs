using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Building;

/// <summary>A test or task as it is going to run.</summary>
internal sealed class TestCase
{
    public required string Name { get; init; }

    public required int Line { get; init; }

    public required Suite Parent { get; init; }

    public string Documentation { get; set; } = "";

    public NormalizedDictionary<string> Metadata { get; } = new("_");

    public TagSet Tags { get; } = new();

    public string? Timeout { get; set; }

    public string? Template { get; set; }

    public KeywordCall? Setup { get; set; }

    public KeywordCall? Teardown { get; set; }

    public List<Step> Body { get; } = [];

    public string FullName => $"{Parent.FullName}.{Name}";
}
