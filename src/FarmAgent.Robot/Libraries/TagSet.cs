using FarmAgent.Robot.Running;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>Tags: compared without case, spaces and underscores, the first spelling kept, sorted by their normalised form.</summary>
internal sealed class TagSet
{
    private readonly NormalizedDictionary<bool> _tags = new("_");

    public TagSet()
    {
    }

    public TagSet(IEnumerable<string> tags) => Add(tags);

    /// <summary>The tags, sorted.</summary>
    public IReadOnlyList<string> Sorted => [.. _tags.Names];

    public int Count => _tags.Count;

    public bool Contains(string tag) => _tags.Contains(tag);

    /// <summary>Adds tags; empty ones and NONE are dropped.</summary>
    public void Add(IEnumerable<string> tags)
    {
        foreach (var tag in tags)
        {
            if (NormalizedNames.Normalize(tag, "_") is not ("" or "none") && !_tags.Contains(tag))
            {
                _tags[tag] = true;
            }
        }
    }

    /// <summary>Adds tags; one that starts with a hyphen removes what it matches.</summary>
    /// <param name="tags">Tags and removals.</param>
    /// <param name="log">Takes warnings about patterns.</param>
    public void AddOrRemove(IReadOnlyList<string> tags, IRunLog log)
    {
        TagPatterns.Warn([.. tags.Where(tag => tag.StartsWith('-')).Select(tag => tag[1..])], "removing tags using '-tag' syntax", log);
        Remove(tags.Where(tag => tag.StartsWith('-')).Select(tag => tag[1..]));
        Add(tags.Where(tag => !tag.StartsWith('-')));
    }

    /// <summary>Removes the tags that match any of the patterns.</summary>
    public void Remove(IEnumerable<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            var parsed = TagPattern.Parse(pattern);
            foreach (var tag in Sorted.Where(tag => parsed.Matches([tag])))
            {
                _tags.Remove(tag);
            }
        }
    }

    public TagSet Copy() => new(_tags.Names);
}
