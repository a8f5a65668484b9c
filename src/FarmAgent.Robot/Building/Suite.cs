using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Building;

/// <summary>A suite as it is going to run.</summary>
internal sealed class Suite
{
    private string _name = "";

    /// <summary>Its name; the parent of several paths is called by its children.</summary>
    public string Name
    {
        get => _name.Length > 0 ? _name : string.Join(" & ", Suites.Select(suite => suite.Name));
        set => _name = value;
    }

    public string Source { get; init; } = "";

    /// <summary>Path of the file that was read: differs from the source when it is an initialization file.</summary>
    public string FilePath { get; init; } = "";

    public Suite? Parent { get; set; }

    public string Documentation { get; set; } = "";

    public NormalizedDictionary<string> Metadata { get; } = new("_");

    public KeywordCall? Setup { get; set; }

    public KeywordCall? Teardown { get; set; }

    public ResourceFile Resource { get; init; } = new();

    public List<TestCase> Tests { get; } = [];

    public List<Suite> Suites { get; } = [];

    /// <summary>Tasks (true), tests (false) or not known.</summary>
    public bool? Rpa { get; set; }

    public string FullName => Parent is null ? Name : $"{Parent.FullName}.{Name}";

    public int TestCount => Tests.Count + Suites.Sum(suite => suite.TestCount);

    public void SetMetadata(string name, string value) => Metadata[name] = value;

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
