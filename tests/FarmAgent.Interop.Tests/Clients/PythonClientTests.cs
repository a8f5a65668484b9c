using System.Xml.Linq;
using FarmAgent.Interop.Tests.Scenarios;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Clients;

/// <summary>Another language, another gRPC stack, stubs made from the .proto files in this test: the contract as strangers meet it.</summary>
public sealed class PythonClientTests : BoardScenario
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task PythonClient_TheMainJob_FromLeaseToOutputXml()
    {
        var protoc = RequiredTool.Find("protoc", "protobuf-compiler");
        var plugin = RequiredTool.Find("grpc_python_plugin", "protobuf-compiler-grpc");
        var grpc = await CommandResult.RunAsync(Python, ["-c", "import grpc"]);
        if (grpc.ExitCode != 0)
        {
            RequiredTool.Find("python3-grpcio", "python3-grpcio");
        }

        var protos = Directory.GetFiles(RepositoryFiles.At("protos/farmagent/v1"), "*.proto");
        var generated = await CommandResult.RunAsync(
            protoc,
            ["-I", RepositoryFiles.At("protos"), $"--python_out={Results}", $"--grpc_python_out={Results}", $"--plugin=protoc-gen-grpc_python={plugin}", .. protos]);
        Assert.True(generated.ExitCode == 0, generated.ToString());

        var output = Path.Combine(Results, "output.xml");
        var run = await CommandResult.RunAsync(
            Python,
            [RepositoryFiles.At("tests/FarmAgent.Interop.Tests/Clients/farm_client.py"), Agent.Address, Expander, SampleSuite, output, Results],
            new Dictionary<string, string> { ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python" });

        Assert.True(run.ExitCode == 0, $"{run}\n{Agent.Log}");
        Assert.EndsWith("done", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("robot", XDocument.Load(output).Root!.Name.LocalName);
    }
}
