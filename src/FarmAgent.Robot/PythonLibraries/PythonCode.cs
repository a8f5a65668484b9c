using System.Text.Json;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>The module or class of a Python library, of which instances are made.</summary>
/// <param name="host">Where it lives.</param>
/// <param name="services">What it may ask of the run.</param>
/// <param name="name">Name of the library.</param>
/// <param name="description">How the host describes it.</param>
internal sealed class PythonCode(PythonHost host, PythonServices services, string name, JsonElement description)
{
    private bool _reported;

    /// <summary>Name of the library.</summary>
    public string Name { get; } = name;

    /// <summary>Arguments of the import.</summary>
    public ArgumentSpec Arguments { get; } =
        new PythonSignatureReader(host, description.GetProperty("typed").GetBoolean()).Read(description.GetProperty("init"));

    /// <summary>Makes an instance.</summary>
    /// <exception cref="VariableSyntaxException">The library does not want to be made.</exception>
    public PythonLibrary Create(KeywordArguments arguments)
    {
        var scope = description.GetProperty("scope").GetString() switch
        {
            "global" => LibraryScope.Global,
            "suite" => LibraryScope.Suite,
            _ => LibraryScope.Test,
        };
        try
        {
            var answer = host.Ask("create", json =>
            {
                json.WriteNumber("code", description.GetProperty("code").GetInt64());
                json.WriteString("name", Name);
                json.WritePropertyName("args");
                host.Wire.WriteItems(json, arguments.Given.Positional);
                json.WritePropertyName("named");
                host.Wire.WritePairs(json, arguments.Given.Named);
            }, services.Cancellation);
            Report(answer);
            return new PythonLibrary(host, services, Name, scope, answer);
        }
        catch (PythonErrorException error)
        {
            throw new VariableSyntaxException(error.Message);
        }
    }

    // Once, though a library that lives for a test is made for each.
    private void Report(JsonElement answer)
    {
        if (_reported)
        {
            return;
        }

        _reported = true;
        foreach (var report in answer.GetProperty("reports").EnumerateArray().Where(report => report.GetProperty("level").GetString() == "ERROR"))
        {
            var (keyword, error) = (report.GetProperty("keyword").GetString(), report.GetProperty("error").GetString());
            services.LogProblem(keyword == "None" ? $"Error in library '{Name}': {error}" : $"Error in library '{Name}': Adding keyword '{keyword}' failed: {error}");
        }
    }
}
