using System.Collections.Frozen;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// Which of Robot Framework's options a caller may give. A list of what is allowed, since its long options may be abbreviated and written in
/// several ways: places of files are the agent's own, and what would let a run end well without having tested is refused.
/// </summary>
internal static class RobotArguments
{
    private const int MostArguments = 500;
    private const int LongestArgument = 16 * 1024;

    private static readonly FrozenSet<string> Flags = FrozenSet.Create(
        StringComparer.Ordinal,
        "rpa", "norpa", "runemptysuite", "exitonfailure", "noexitonfailure", "exitonerror", "noexitonerror", "skipteardownonexit", "noskipteardownonexit", "dotted", "quiet");

    private static readonly FrozenSet<string> WithValue = FrozenSet.Create(
        StringComparer.Ordinal,
        "language", "extension", "parseinclude", "name", "doc", "metadata", "settag", "test", "task", "suite", "include", "exclude", "skip", "skiponfailure",
        "variable", "variablefile", "loglevel", "maxerrorlines", "maxassignlength", "suitestatlevel", "tagstatinclude", "tagstatexclude", "tagstatcombine", "tagdoc",
        "tagstatlink", "randomize", "console", "consolewidth", "consolecolors", "consolelinks", "consolemarkers", "pythonpath", "logtitle", "reporttitle",
        "removekeywords", "flattenkeywords", "expandkeywords");

    private static readonly FrozenDictionary<char, string> Short = new Dictionary<char, string>
    {
        ['F'] = "extension",
        ['I'] = "parseinclude",
        ['N'] = "name",
        ['D'] = "doc",
        ['M'] = "metadata",
        ['G'] = "settag",
        ['t'] = "test",
        ['s'] = "suite",
        ['i'] = "include",
        ['e'] = "exclude",
        ['v'] = "variable",
        ['V'] = "variablefile",
        ['L'] = "loglevel",
        ['X'] = "exitonfailure",
        ['.'] = "dotted",
        ['W'] = "consolewidth",
        ['C'] = "consolecolors",
        ['K'] = "consolemarkers",
        ['P'] = "pythonpath",
        ['d'] = "outputdir",
        ['o'] = "output",
        ['l'] = "log",
        ['r'] = "report",
        ['x'] = "xunit",
        ['b'] = "debugfile",
        ['T'] = "timestampoutputs",
        ['A'] = "argumentfile",
        ['R'] = "rerunfailed",
        ['S'] = "rerunfailedsuites",
        ['h'] = "help",
        ['?'] = "help",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Files = FrozenSet.Create(
        StringComparer.Ordinal, "outputdir", "output", "log", "report", "xunit", "debugfile", "timestampoutputs", "splitlog");

    /// <summary>Passes when all of them are allowed.</summary>
    /// <param name="arguments">As the caller gave them.</param>
    /// <exception cref="RequestException">One is not (<c>REQUEST_INVALID</c>).</exception>
    public static void Check(IReadOnlyList<string> arguments)
    {
        if (arguments.Count > MostArguments || arguments.Any(a => a.Length > LongestArgument || a.Contains('\0')))
        {
            throw new RequestException(
                "REQUEST_INVALID",
                $"There are {arguments.Count} options; at most {MostArguments} of at most {LongestArgument} characters, without zero bytes, are taken. Give fewer or shorter ones.");
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            if (NeedsNext(arguments[i]) && ++i == arguments.Count)
            {
                throw new RequestException("REQUEST_INVALID", $"The option {arguments[^1]} needs a value, and nothing follows it. Give one.");
            }
        }
    }

    // True when the option takes the argument that follows it.
    private static bool NeedsNext(string argument)
    {
        if (argument.StartsWith("--", StringComparison.Ordinal) && argument.Length > 2)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            var takesValue = TakesValue(Normalize(name[2..]), name);
            return takesValue && equals < 0;
        }

        if (argument is ['-', not '-', ..])
        {
            for (var i = 1; i < argument.Length; i++)
            {
                if (TakesValue(Short.GetValueOrDefault(argument[i], ""), $"-{argument[i]}"))
                {
                    // Whatever follows in the same argument is the value.
                    return i == argument.Length - 1;
                }
            }

            return false;
        }

        throw new RequestException(
            "REQUEST_INVALID",
            $"'{argument}' is no option of Robot Framework but a path; which suite is run is said by the request itself. Leave it out, or name the file as the suite.");
    }

    private static bool TakesValue(string name, string written)
    {
        if (WithValue.Contains(name))
        {
            return true;
        }

        return Flags.Contains(name) ? false : throw Refusal(name, written);
    }

    private static RequestException Refusal(string name, string written) => new("REQUEST_INVALID", name switch
    {
        _ when Files.Contains(name) =>
            $"The option {written} says where files go, and in a run they stay with the run. Leave it out and fetch them afterwards (farmctl runs artifacts).",
        "argumentfile" => $"The option {written} reads further options from a file, which cannot be checked here. Give the options themselves.",
        "dryrun" or "nostatusrc" => $"With {written} a run ends well whatever its tests do, so it would prove nothing about the board. Leave it out.",
        "rerunfailed" or "rerunfailedsuites" => $"The option {written} needs the results of an earlier run, which a run does not see. Select tests by -t, -s or -i.",
        _ => $"The option {written} is not available in a run on a board. Write a known option in full; -v, -t, -s, -i, -e, -N, -M, -L and their like are.",
    });

    private static string Normalize(string name) => name.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
