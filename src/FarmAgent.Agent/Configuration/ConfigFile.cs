using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FarmAgent.Agent.Configuration;

/// <summary>Reads YAML files into <see cref="ConfigMap"/>s: one document each, a mapping at its root.</summary>
internal static class ConfigFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <returns>The root; null when the file cannot be read as YAML. An empty file gives an empty root.</returns>
    public static ConfigMap? Read(string path, ConfigProblems problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        try
        {
            using var reader = File.OpenText(path);
            return Read(path, reader, problems);
        }
        catch (IOException e)
        {
            problems.Add(path, $"cannot be read: {e.Message}");
        }
        catch (UnauthorizedAccessException e)
        {
            problems.Add(path, $"cannot be read: {e.Message}");
        }

        return null;
    }

    /// <summary>Reads YAML text.</summary>
    /// <param name="path">Name for messages.</param>
    /// <param name="reader">The text.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static ConfigMap? Read(string path, TextReader reader, ConfigProblems problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var stream = new YamlStream();
        try
        {
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            problems.Add(path, e.Start, $"is no YAML: {e.Message}");
            return null;
        }

        if (stream.Documents.Count == 0)
        {
            return new ConfigMap(path, "", new YamlMappingNode(), problems);
        }

        if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
        {
            return new ConfigMap(path, "", root, problems);
        }

        problems.Add(path, stream.Documents[^1].RootNode, "must hold one mapping (key: value), nothing else");
        return null;
    }
}
