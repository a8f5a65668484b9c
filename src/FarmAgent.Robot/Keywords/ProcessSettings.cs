using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>How a process is started, read from the arguments of a keyword.</summary>
internal sealed class ProcessSettings
{
    private readonly List<string> _secretNames = [];

    public ProcessSettings(KeywordArguments a)
    {
        Command = a.Text("command");
        Arguments = [.. a.Varargs.Select(item => item is PySecret secret ? secret.Value : PyText.Str(item))];
        ShownArguments = [.. a.Varargs.Select(PyText.Str)];
        Folder = a.OptionalText("cwd") is { Length: > 0 } folder ? PosixPaths.Normalize(folder) : Environment.CurrentDirectory;
        IsShell = PyTruth.Of(a["shell"]);
        Alias = a.OptionalText("alias");
        Encoding = a.Text("output_encoding").ToUpperInvariant() is "CONSOLE" or "SYSTEM" ? "utf-8" : a.Text("output_encoding");
        StdoutPath = OutputPath(a.OptionalText("stdout"));
        var stderr = a.OptionalText("stderr");
        IsJoined = stderr == "STDOUT" || (!string.IsNullOrEmpty(stderr) && stderr == a.OptionalText("stdout"));
        StderrPath = IsJoined ? null : OutputPath(stderr);
        (Input, HasOpenInput, InheritsInput) = ReadInput(a["stdin"]);
        Variables = ReadVariables(a["env"] as PyDict, a.Free);
    }

    public string Command { get; }

    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The arguments as the log may show them.</summary>
    public IReadOnlyList<string> ShownArguments { get; }

    public string Folder { get; }

    public bool IsShell { get; }

    public string? Alias { get; }

    public string Encoding { get; }

    /// <summary>Absolute path of a file, or null for a pipe.</summary>
    public string? StdoutPath { get; }

    public string? StderrPath { get; }

    /// <summary>Whether standard error goes where standard output goes.</summary>
    public bool IsJoined { get; }

    /// <summary>What the process reads, or null.</summary>
    public byte[]? Input { get; }

    public bool HasOpenInput { get; }

    public bool InheritsInput { get; }

    /// <summary>The whole environment, or null for that of this process.</summary>
    public Dictionary<string, string>? Variables { get; }

    /// <summary>The command as the log shows it.</summary>
    public string Shown => IsShell && ShownArguments.Count == 0 ? Command : CommandLines.Join([Command, .. ShownArguments]);

    public string Describe() => $"cwd:     {Folder}\nshell:   {(IsShell ? "True" : "False")}\nstdout:  {StdoutPath ?? "PIPE"}\n"
        + $"stderr:  {(IsJoined ? "STDOUT" : StderrPath ?? "PIPE")}\nstdin:   {(HasOpenInput ? "PIPE" : "None")}\nalias:   {Alias ?? "None"}\n"
        + $"env:     {(Variables is null ? "None" : PyText.Repr(new PyDict(Variables.Select(Shield))))}";

    private KeyValuePair<object?, object?> Shield(KeyValuePair<string, string> item) =>
        new(item.Key, _secretNames.Contains(item.Key, StringComparer.Ordinal) ? "<secret>" : item.Value);

    private string? OutputPath(string? name) => string.IsNullOrEmpty(name)
        ? null
        : name == "DEVNULL" ? "/dev/null" : PosixPaths.Normalize(PosixPaths.Join([Folder, name]));

    private (byte[]? Input, bool IsOpen, bool Inherits) ReadInput(object? stdin)
    {
        var text = stdin switch
        {
            PySecret secret => secret.Value,
            string given => given,
            null => null,
            _ => PyText.Str(stdin),
        };
        if (text is null || text.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return (null, false, true);
        }

        if (text == "PIPE")
        {
            return (null, true, false);
        }

        var path = PosixPaths.Join([Folder, text]);
        return (File.Exists(path) ? File.ReadAllBytes(path) : PyCodecs.Encode(text, Encoding), false, false);
    }

    private Dictionary<string, string>? ReadVariables(PyDict? given, IReadOnlyList<KeyValuePair<string, object?>> extra)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var hasOwn = given is { Count: > 0 };
        foreach (var (name, value) in hasOwn ? given! : [])
        {
            Set(variables, PyText.Str(name), value);
        }

        if (!hasOwn && extra.Count > 0)
        {
            foreach (System.Collections.DictionaryEntry item in Environment.GetEnvironmentVariables())
            {
                variables[(string)item.Key] = (string?)item.Value ?? string.Empty;
            }
        }

        foreach (var (name, value) in extra)
        {
            if (!name.StartsWith("env:", StringComparison.Ordinal))
            {
                throw new KeywordFailedException($"Keyword argument '{name}' is not supported by this keyword.");
            }

            Set(variables, name[4..], value);
        }

        return hasOwn || extra.Count > 0 ? variables : null;
    }

    private void Set(Dictionary<string, string> variables, string name, object? value)
    {
        if (value is PySecret secret)
        {
            _secretNames.Add(name);
            variables[name] = secret.Value;
            return;
        }

        variables[name] = PyText.Str(value);
    }
}
