namespace FarmAgent.Robot.Building;

/// <summary>Settings that a file or a folder gives to its tests, with those of the folders above.</summary>
/// <param name="parent">The defaults above.</param>
internal sealed class TestDefaults(TestDefaults? parent = null)
{
    public KeywordCall? Setup { get; set; }

    public KeywordCall? Teardown { get; set; }

    public string? Timeout { get; set; }

    public string? Template { get; set; }

    public IReadOnlyList<string> Tags { get; set; } = [];

    public IReadOnlyList<string> DefaultTags { get; set; } = [];

    public KeywordCall? EffectiveSetup => Setup ?? parent?.EffectiveSetup;

    public KeywordCall? EffectiveTeardown => Teardown ?? parent?.EffectiveTeardown;

    public string? EffectiveTimeout => string.IsNullOrEmpty(Timeout) ? parent?.EffectiveTimeout : Timeout;

    public IEnumerable<string> EffectiveTags => parent is null ? Tags : Tags.Concat(parent.EffectiveTags);
}
