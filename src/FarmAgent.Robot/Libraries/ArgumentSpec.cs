namespace FarmAgent.Robot.Libraries;

/// <summary>All arguments of a keyword or a library import.</summary>
public sealed class ArgumentSpec
{
    /// <summary>A specification without arguments.</summary>
    public static readonly ArgumentSpec Empty = new([]);

    private readonly ParameterSpec[] _all;

    /// <summary>Makes a specification.</summary>
    /// <param name="parameters">Arguments in order of definition.</param>
    public ArgumentSpec(IReadOnlyList<ParameterSpec> parameters)
    {
        _all = [.. parameters];
        Parameters = _all;
        Positional = [.. parameters.Where(p => p.Kind is ParameterKind.PositionalOnly or ParameterKind.PositionalOrNamed)];
        NamedOnly = [.. parameters.Where(p => p.Kind == ParameterKind.NamedOnly)];
        VarPositional = parameters.FirstOrDefault(p => p.Kind == ParameterKind.VarPositional);
        VarNamed = parameters.FirstOrDefault(p => p.Kind == ParameterKind.VarNamed);
        MinArguments = Positional.Count(p => !p.HasDefault);
    }

    /// <summary>Arguments in order of definition.</summary>
    public IReadOnlyList<ParameterSpec> Parameters { get; }

    /// <summary>Arguments that can be given by position.</summary>
    public IReadOnlyList<ParameterSpec> Positional { get; }

    /// <summary>Arguments that can be given by name only.</summary>
    public IReadOnlyList<ParameterSpec> NamedOnly { get; }

    /// <summary>The argument that takes the remaining positional ones, if any.</summary>
    public ParameterSpec? VarPositional { get; }

    /// <summary>The argument that takes the remaining named ones, if any.</summary>
    public ParameterSpec? VarNamed { get; }

    /// <summary>Least number of positional arguments.</summary>
    public int MinArguments { get; }

    /// <summary>Greatest number of positional arguments, or <see cref="int.MaxValue"/>.</summary>
    public int MaxArguments => VarPositional is null ? Positional.Count : int.MaxValue;

    /// <summary>Finds an argument that has this name.</summary>
    /// <param name="name">Name without decoration.</param>
    public ParameterSpec? Find(string name)
    {
        foreach (var parameter in _all)
        {
            if (parameter.Name == name)
            {
                return parameter;
            }
        }

        return null;
    }

    internal int IndexOf(string name)
    {
        for (var i = 0; i < _all.Length; i++)
        {
            if (_all[i].Name == name)
            {
                return i;
            }
        }

        throw new KeyNotFoundException($"The signature has no argument '{name}'.");
    }
}
