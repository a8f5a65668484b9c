using FarmAgent.Robot.Building;

namespace FarmAgent.Robot.Settings;

/// <summary>A command line split into options, in their order, and paths.</summary>
internal sealed class CommandLine
{
    /// <summary>Options with their values; a flag has <c>true</c> or <c>false</c>.</summary>
    public List<(string Name, string Value)> Options { get; } = [];

    public List<string> Paths { get; } = [];

    /// <summary>Splits a command line.</summary>
    /// <exception cref="SuiteDataException">An option is wrong.</exception>
    public static CommandLine Parse(IEnumerable<string> arguments)
    {
        var line = new CommandLine();
        var rest = new Queue<string>(arguments.Select(NormalizeLong));
        while (rest.Count > 0)
        {
            var argument = rest.Peek();
            if (argument == "--" || argument == "-" || !argument.StartsWith('-'))
            {
                if (argument == "--")
                {
                    rest.Dequeue();
                }

                break;
            }

            rest.Dequeue();
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                line.AddLong(argument[2..], rest);
            }
            else
            {
                line.AddShort(argument[1..], rest);
            }
        }

        line.Paths.AddRange(rest.SelectMany(PathGlob.Expand));
        return line;
    }

    private static string NormalizeLong(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.Length == 2)
        {
            return argument;
        }

        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        return "--" + name.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal) + (equals < 0 ? "" : argument[equals..]);
    }

    private void AddLong(string text, Queue<string> rest)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var written = equals < 0 ? text : text[..equals];
        var (option, negated) = Find(written);
        if (option.TakesValue)
        {
            var value = equals >= 0 ? text[(equals + 1)..] : rest.Count > 0 ? rest.Dequeue()
                : throw new SuiteDataException($"option --{option.Name} requires argument");
            Options.Add((option.Name, value));
            return;
        }

        if (equals >= 0)
        {
            throw new SuiteDataException($"option --{(negated ? "no" : "")}{option.Name} must not have an argument");
        }

        Options.Add((option.Name, negated ? "false" : "true"));
    }

    // Names may be shortened as long as they are the start of one option only.
    private static (Option Option, bool Negated) Find(string written)
    {
        var candidates = OptionTable.All.SelectMany(option => option.TakesValue
            ? new[] { (Name: option.Name, Option: option, Negated: false) }
            : [(option.Name, option, false), ("no" + option.Name, option, true)]).ToList();
        var exact = candidates.FindIndex(candidate => candidate.Name == written);
        if (exact >= 0)
        {
            return (candidates[exact].Option, candidates[exact].Negated);
        }

        var matches = candidates.FindAll(candidate => candidate.Name.StartsWith(written, StringComparison.Ordinal));
        return matches.Count switch
        {
            0 => throw new SuiteDataException($"option --{written} not recognized"),
            1 => (matches[0].Option, matches[0].Negated),
            _ => throw new SuiteDataException($"option --{written} not a unique prefix"),
        };
    }

    private void AddShort(string text, Queue<string> rest)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            var option = OptionTable.All.FirstOrDefault(candidate => candidate.Short.Contains(letter, StringComparison.Ordinal))
                ?? throw new SuiteDataException($"option -{letter} not recognized");
            if (!option.TakesValue)
            {
                Options.Add((option.Name, "true"));
                continue;
            }

            var value = i + 1 < text.Length ? text[(i + 1)..] : rest.Count > 0 ? rest.Dequeue()
                : throw new SuiteDataException($"option -{letter} requires argument");
            Options.Add((option.Name, value));
            return;
        }
    }
}
