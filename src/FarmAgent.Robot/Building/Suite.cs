using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Building;

/// <summary>A suite as it is going to run.</summary>
internal sealed class Suite
{
    public string Name { get; set; } = "";

    public string Source { get; init; } = "";

    /// <summary>Path of the file that was read: differs from the source when it is an initialization file.</summary>
    public string FilePath { get; init; } = "";

    public Suite? Parent { get; set; }

    public string Documentation { get; set; } = "";

    public NormalizedDictionary<string> Metadata { get; } = new("_");

    /// <summary>Metadata names in order of definition.</summary>
    public List<string> MetadataOrder { get; } = [];

    public KeywordCall? Setup { get; set; }

    public KeywordCall? Teardown { get; set; }

    public ResourceFile Resource { get; init; } = new();

    public List<TestCase> Tests { get; } = [];

    public List<Suite> Suites { get; } = [];

    /// <summary>Tasks (true), tests (false) or not known.</summary>
    public bool? Rpa { get; set; }

    public string FullName => Parent is null ? Name : $"{Parent.FullName}.{Name}";

    public int TestCount => Tests.Count + Suites.Sum(suite => suite.TestCount);

    public void SetMetadata(string name, string value)
    {
        if (!Metadata.Contains(name))
        {
            MetadataOrder.Add(name);
        }

        Metadata[name] = value;
    }

    public void Add(Suite child)
    {
        child.Parent = this;
        Suites.Add(child);
    }

    /// <summary>Removes child suites without tests, at all depths.</summary>
    public void RemoveEmptySuites(bool keepChildren = false)
    {
        Suites.ForEach(suite => suite.RemoveEmptySuites());
        if (!keepChildren)
        {
            Suites.RemoveAll(suite => suite.TestCount == 0);
        }
    }
}
