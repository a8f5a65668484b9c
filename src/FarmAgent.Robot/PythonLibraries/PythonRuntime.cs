using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>Python for one run: started when something first needs it, ended with the run.</summary>
/// <param name="interpreter">Path of the interpreter, if there is one.</param>
/// <param name="searchPath">Directories that come first when modules are looked for.</param>
/// <param name="services">What Python code may ask of the run.</param>
internal sealed class PythonRuntime(string? interpreter, IReadOnlyList<string> searchPath, PythonServices services) : IDisposable
{
    private PythonHost? _host;

    /// <summary>Whether there is an interpreter.</summary>
    public bool IsAvailable => interpreter is not null;

    /// <summary>Finds the code of a library.</summary>
    /// <param name="name">Name of a module or class, or absolute path.</param>
    /// <exception cref="VariableSyntaxException">There is none, or it cannot be imported.</exception>
    public PythonCode Import(string name)
    {
        try
        {
            var host = Host();
            var answer = host.Ask("import", json => json.WriteString("name", name), services.Cancellation);
            return new PythonCode(host, services, Path.IsPathRooted(name) ? Path.GetFileNameWithoutExtension(name) : name, answer);
        }
        catch (PythonErrorException error)
        {
            throw ModuleNotFound.Library(name, error.Message);
        }
    }

    /// <summary>Variables of a Python file by decorated name.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> ReadVariables(string path, IReadOnlyList<object?> arguments)
    {
        var host = Host();
        try
        {
            var answer = host.Ask("variables", json =>
            {
                json.WriteString("name", path);
                json.WritePropertyName("args");
                host.Wire.WriteItems(json, arguments);
            }, services.Cancellation);
            return [.. answer.EnumerateArray().Select(pair => ToVariable(pair[0].GetString()!, host.Wire.Read(pair[1])))];
        }
        catch (PythonErrorException error)
        {
            throw new VariableSyntaxException(error.Message);
        }
    }

    public void Dispose() => _host?.Dispose();

    private PythonHost Host() => _host ??= PythonHost.Start(
        interpreter ?? throw new VariableSyntaxException("It needs 'python3', which is not installed."), searchPath, services);

    private static KeyValuePair<string, object?> ToVariable(string name, object? value) =>
        new(name[1..], name[0] == '&' && value is PyDict dict ? new DotDict(dict) : value);
}
