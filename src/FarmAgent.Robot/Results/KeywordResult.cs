namespace FarmAgent.Robot.Results;

/// <summary>Where a keyword call stands.</summary>
public enum KeywordRole
{
    /// <summary>In a body.</summary>
    Keyword,

    /// <summary>Setup of a suite, test or keyword.</summary>
    Setup,

    /// <summary>Teardown of a suite, test or keyword.</summary>
    Teardown,
}

/// <summary>Result of one keyword call.</summary>
public sealed class KeywordResult : StepResult
{
    /// <summary>Name as defined, or as written when it has embedded arguments, a BDD prefix or is unknown.</summary>
    public required string Name { get; set; }

    /// <summary>Library or resource file; empty for keywords of the suite file and unknown ones.</summary>
    public string Owner { get; set; } = "";

    /// <summary>For embedded arguments: the name as defined, otherwise empty.</summary>
    public string SourceName { get; set; } = "";

    /// <summary>First paragraph of the documentation.</summary>
    public string Documentation { get; set; } = "";

    /// <summary>Arguments as written, not resolved.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>Variables that take the return value, without assign mark.</summary>
    public IReadOnlyList<string> Assign { get; set; } = [];

    /// <summary>Tags, sorted.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>Timeout in words, or empty.</summary>
    public string Timeout { get; set; } = "";

    /// <summary>Whether it is a setup, a teardown or a normal step.</summary>
    public KeywordRole Role { get; init; }

    /// <summary>Name with its owner.</summary>
    public string FullName => Owner.Length > 0 ? $"{Owner}.{Name}" : Name;

    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartKeyword(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndKeyword(this);
}
