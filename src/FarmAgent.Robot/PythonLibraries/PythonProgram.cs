using System.Text;
using System.Text.Json;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>The interpreter, and our script that runs in it.</summary>
internal static class PythonProgram
{
    private static readonly (string Module, string Resource)[] Modules =
    [
        ("robot.__init__", "robot.__init__.py"), ("robot.api.__init__", "robot.api.py"), ("robot.api.deco", "robot.api_deco.py"),
        ("robot.api.exceptions", "robot.api_exceptions.py"), ("robot.api.logger", "robot.api_logger.py"), ("robot.api.types", "robot.api_types.py"),
        ("robot.libraries.__init__", ""), ("robot.libraries.BuiltIn", "robot.builtin.py"), ("robot.errors", "robot.errors.py"),
        ("robot.utils.__init__", "robot.utils.py"), ("robot.utils.asserts", "robot.asserts.py"), ("farm_libraries", "farm_libraries.py"), ("farm_types", "farm_types.py"),
        ("farm_variables", "farm_variables.py"), ("farm_listeners", "farm_listeners.py"),
    ];

    /// <summary>Our script, given to the interpreter on its command line.</summary>
    public static string Script => Resource("host.py");

    /// <summary>Path of the interpreter; <see langword="null"/> when there is none.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);

    /// <summary>Writes the sources of the modules that libraries may import from us.</summary>
    public static void WriteModules(Utf8JsonWriter json)
    {
        json.WriteStartObject("modules");
        foreach (var (module, resource) in Modules)
        {
            json.WriteString(module, resource.Length == 0 ? "" : Resource(resource));
        }

        json.WriteEndObject();
    }

    private static string Resource(string name)
    {
        using var stream = typeof(PythonProgram).Assembly.GetManifestResourceStream($"python/{name}")
            ?? throw new InvalidOperationException($"The assembly lacks its part python/{name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
