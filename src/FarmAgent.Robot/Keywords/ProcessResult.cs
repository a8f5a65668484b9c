using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>The result of a process: exit code and outputs, as attributes.</summary>
internal sealed class ProcessResult : IPyObject
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal)
    {
        ["rc"] = null,
        ["stdout"] = string.Empty,
        ["stderr"] = string.Empty,
        ["stdout_path"] = null,
        ["stderr_path"] = null,
    };

    public string TypeName => "ProcessResult";

    public object? this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    public string Repr() => "<robot.libraries.Process.ProcessResult object at 0x7f0000000000>";

    public string Str() => $"<result object with rc {PyText.Str(_values["rc"])}>";

    public bool TryGetAttribute(string name, out object? value) => _values.TryGetValue(name, out value);

    public bool TrySetAttribute(string name, object? value)
    {
        _values[name] = value;
        return true;
    }
}
