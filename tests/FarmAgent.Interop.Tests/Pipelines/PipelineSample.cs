using FarmAgent.TestKit;
using YamlDotNet.RepresentationModel;

namespace FarmAgent.Interop.Tests.Pipelines;

/// <summary>The GitLab pipeline that we offer as a sample.</summary>
internal sealed class PipelineSample
{
    private readonly YamlMappingNode _root;

    public PipelineSample()
    {
        using var reader = File.OpenText(RepositoryFiles.At("samples/ci/gitlab-ci.yml"));
        var stream = new YamlStream();
        stream.Load(reader);
        _root = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>A job's script as one shell program that stops at the first failure, as the runner does.</summary>
    public string Script(string job) => string.Join('\n', Lines(Job(job), "script").Prepend("set -e"));

    public IEnumerable<string> Artifacts(string job) => Lines((YamlMappingNode)Job(job)["artifacts"], "paths");

    public string JunitReport(string job) => ((YamlScalarNode)Job(job)["artifacts"]["reports"]["junit"]).Value!;

    public IEnumerable<string> Stages() => Lines(_root, "stages");

    public string Stage(string job) => ((YamlScalarNode)Job(job)["stage"]).Value!;

    private static IEnumerable<string> Lines(YamlMappingNode node, string key) =>
        ((YamlSequenceNode)node[key]).Children.Select(line => ((YamlScalarNode)line).Value!);

    private YamlMappingNode Job(string name) => (YamlMappingNode)_root[name];
}
