using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Patterns;

/// <summary>Flags of regular expressions, with Python's numbers.</summary>
[Flags]
internal enum PyRegexFlags
{
    None = 0,
    IgnoreCase = 2,
    Locale = 4,
    Multiline = 8,
    DotAll = 16,
    Unicode = 32,
    Verbose = 64,
    Ascii = 256,
}

/// <summary>Flags by their names.</summary>
internal static class PyRegexFlagNames
{
    /// <summary>Reads flags in the form <c>IGNORECASE|DOTALL</c>.</summary>
    /// <exception cref="PyErrorException">ValueError for an unknown name.</exception>
    public static PyRegexFlags Parse(string? names)
    {
        var flags = PyRegexFlags.None;
        foreach (var name in string.IsNullOrEmpty(names) ? [] : names.Split('|'))
        {
            flags |= Find(name.ToUpperInvariant().Trim(PyWhitespace.All))
                ?? throw PyErrorException.ValueError($"Unknown regexp flag: {name}");
        }

        return flags;
    }

    public static PyRegexFlags? Find(string name) => name switch
    {
        "I" or "IGNORECASE" => PyRegexFlags.IgnoreCase,
        "M" or "MULTILINE" => PyRegexFlags.Multiline,
        "S" or "DOTALL" => PyRegexFlags.DotAll,
        "X" or "VERBOSE" => PyRegexFlags.Verbose,
        "A" or "ASCII" => PyRegexFlags.Ascii,
        "U" or "UNICODE" => PyRegexFlags.Unicode,
        "L" or "LOCALE" => PyRegexFlags.Locale,
        "NOFLAG" => PyRegexFlags.None,
        _ => null,
    };
}
