using FarmAgent.Robot.Building;
using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Parsing;

/// <summary>Whose body is read.</summary>
internal enum BlockKind
{
    Test,
    Task,
    Keyword,
}

/// <summary>Reads the body of one test or keyword: settings, keyword calls and control structures, whatever their mistakes.</summary>
/// <param name="block">Takes what is read.</param>
/// <param name="kind">Whose body it is.</param>
/// <param name="settings">Settings of the block.</param>
/// <param name="fileSettings">Settings of the file; a template there makes rows of data.</param>
internal sealed partial class BodyParser(NamedBlock block, BlockKind kind, SettingTable settings, SettingTable fileSettings)
{
    private static readonly string[] OnlyInside = ["ELSE", "ELSE IF", "EXCEPT", "FINALLY", "BREAK", "CONTINUE", "RETURN", "END"];

    private IReadOnlyList<IReadOnlyList<Token>> _rows = [];
    private int _next;
    private int _loops;
    private bool _template;

    public void Parse(IReadOnlyList<IReadOnlyList<Token>> rows)
    {
        var steps = rows.ToList();
        var errors = new Dictionary<IReadOnlyList<Token>, string>();
        foreach (var row in TopLevelSettings(rows))
        {
            if (settings.Read(row, row[0].Value[1..^1].Trim(), out var error) is { } setting)
            {
                block.Settings.Add(setting);
                steps.Remove(row);
            }
            else
            {
                errors[row] = error!;
            }
        }

        _template = kind != BlockKind.Keyword && HasTemplate();
        _rows = steps;
        while (_next < _rows.Count)
        {
            if (errors.TryGetValue(_rows[_next], out var error))
            {
                var row = _rows[_next++];
                block.Body.Add(new ErrorStep { Values = [row[0].Value], Line = row[0].Line, Error = error });
            }
            else
            {
                block.Body.Add(ReadStep(Place.Top));
            }
        }
    }

    private static IReadOnlyList<string> Texts(IEnumerable<Token> cells) => [.. cells.Select(cell => cell.Value)];

    private static bool IsSetting(IReadOnlyList<Token> row) => row[0].Value is ['[', .., ']'];

    private static string Marker(IReadOnlyList<Token> row) => TitleCase.NormalizeSpaces(row[0].Value);

    private static bool IsAssign(string cell) =>
        VariableMatch.Search(cell, ignoreErrors: true).IsAssign(mark: true, nested: true, items: true);

    // A bracketed row inside a structure is a keyword call, not a setting.
    private static IEnumerable<IReadOnlyList<Token>> TopLevelSettings(IReadOnlyList<IReadOnlyList<Token>> rows)
    {
        var depth = 0;
        foreach (var row in rows)
        {
            var opens = row[0].Value is "FOR" or "WHILE" or "TRY" or "GROUP" || (row[0].Value == "IF" && row.Count <= 2);
            depth += opens ? 1 : depth > 0 && row[0].Value == "END" ? -1 : 0;
            if (depth == 0 && IsSetting(row))
            {
                yield return row;
            }
        }
    }

    private bool HasTemplate()
    {
        var own = settings.Find("Template");
        return own is null ? fileSettings.Find("Test Template") is { Values: [{ Length: > 0 }, ..] } : own.SingleValue is { Length: > 0 };
    }

    private Step ReadStep(Place place)
    {
        var row = _rows[_next++];
        return row[0].Value switch
        {
            "FOR" => ReadFor(row),
            _ when row.Count > 2 && InlineIfIndex(row) >= 0 => ReadInlineIf(row),
            "IF" => ReadIf(row),
            "TRY" => ReadTry(row),
            "WHILE" => ReadWhile(row),
            "GROUP" => ReadGroup(row),
            _ => ReadStatement(row, place),
        };
    }

    private Step ReadStatement(IReadOnlyList<Token> row, Place place)
    {
        var first = row[0].Value;
        switch (first)
        {
            case "VAR":
                return ReadVar(row);
            case "RETURN" when place != Place.Top || kind == BlockKind.Keyword:
                return new ReturnStep { Values = Texts(row.Skip(1)), Line = row[0].Line, Error = ErrorList.Format(ReturnErrors(place)) };
            case "BREAK" when place != Place.Top:
                return new BreakStep { Line = row[0].Line, Error = ErrorList.Format(LoopControlErrors(row, place)) };
            case "CONTINUE" when place != Place.Top:
                return new ContinueStep { Line = row[0].Line, Error = ErrorList.Format(LoopControlErrors(row, place)) };
        }

        if (OnlyInside.Contains(first) && place != Place.Inline)
        {
            return new ErrorStep { Values = Texts(row), Line = row[0].Line, Error = $"{first} is not allowed in this context." };
        }

        return ReadCall(row);
    }

    private KeywordCall ReadCall(IReadOnlyList<Token> row)
    {
        if (_template)
        {
            return new KeywordCall { Arguments = Texts(row), Line = row[0].Line, IsTemplateRow = true };
        }

        var assign = row.TakeWhile(cell => IsAssign(cell.Value)).Count();
        return new KeywordCall
        {
            Assign = Texts(row.Take(assign)),
            Name = assign < row.Count ? row[assign].Value : null,
            Arguments = Texts(row.Skip(assign + 1)),
            Line = row[0].Line,
        };
    }

    private static VarStep ReadVar(IReadOnlyList<Token> row)
    {
        var name = row.Count > 1 ? row[1].Value : "";
        var values = row.Skip(2).Select(cell => cell.Value).ToList();
        var options = name.StartsWith('$') ? RowOptions.Take(values, "scope", "separator") : RowOptions.Take(values, "scope");
        var errors = VariableChecks.Check(name, values).ToList();
        RowOptions.Check(errors, "VAR", options, "scope", "LOCAL", "TEST", "TASK", "SUITE", "SUITES", "GLOBAL");
        return new VarStep
        {
            Name = name.EndsWith('=') ? name[..^1].TrimEnd() : name,
            Values = values,
            Scope = options.GetValueOrDefault("scope"),
            Separator = options.GetValueOrDefault("separator"),
            Line = row[0].Line,
            Error = ErrorList.Format(errors),
        };
    }

    private List<string> ReturnErrors(Place place)
    {
        var errors = new List<string>();
        if (kind != BlockKind.Keyword)
        {
            errors.Add("RETURN can only be used inside a user keyword.");
        }

        if (place == Place.Finally)
        {
            errors.Add("RETURN cannot be used in FINALLY branch.");
        }

        return errors;
    }

    private List<string> LoopControlErrors(IReadOnlyList<Token> row, Place place)
    {
        var errors = new List<string>();
        AddNoArguments(errors, row, row[0].Value);
        if (_loops == 0)
        {
            errors.Add($"{row[0].Value} can only be used inside a loop.");
        }

        if (place == Place.Finally)
        {
            errors.Add($"{row[0].Value} cannot be used in FINALLY branch.");
        }

        return errors;
    }

    private static void AddNoArguments(List<string> errors, IReadOnlyList<Token> row, string type)
    {
        if (row.Count > 1)
        {
            errors.Add($"{type} does not accept arguments, got {ErrorList.Quote(Texts(row.Skip(1)))}.");
        }
    }

    /// <summary>Where a row stands; decides which markers are allowed.</summary>
    private enum Place
    {
        Top,
        Block,
        Finally,
        Inline,
    }
}
