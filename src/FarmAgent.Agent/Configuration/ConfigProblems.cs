using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FarmAgent.Agent.Configuration;

/// <summary>Collects every mistake of every file, so that one look mends them all.</summary>
internal sealed class ConfigProblems
{
    private readonly List<ConfigProblem> _problems = [];

    /// <summary>The mistakes, in the order in which they were found.</summary>
    public IReadOnlyList<ConfigProblem> All => _problems;

    /// <summary>True when something is wrong.</summary>
    public bool Any => _problems.Count > 0;

    /// <summary>Adds a mistake of a whole file.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="text">What is wrong and what would be right.</param>
    public void Add(string file, string text) => _problems.Add(new ConfigProblem(file, 0, 0, text));

    internal void Add(string file, YamlNode node, string text) => Add(file, node.Start, text);

    internal void Add(string file, Mark mark, string text) => _problems.Add(new ConfigProblem(file, mark.Line, mark.Column, text));
}
