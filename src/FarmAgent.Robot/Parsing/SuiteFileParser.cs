using FarmAgent.Robot.Lexing;

namespace FarmAgent.Robot.Parsing;

/// <summary>Reads the rows of one file into sections, settings, tests and keywords. Problems are data: they never stop the reading.</summary>
internal sealed class SuiteFileParser
{
    private readonly FileKind _kind;
    private readonly Languages _languages;
    private readonly SuiteFile _file;
    private readonly SettingTable _settings;

    private SuiteFileParser(string source, FileKind kind, Languages languages)
    {
        (_kind, _languages, _file) = (kind, languages, new SuiteFile { Source = source });
        _settings = SettingTable.ForFile(kind, languages);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="source">Its absolute path.</param>
    /// <param name="kind">What kind of file it is.</param>
    /// <param name="languages">Languages in use; a language line of the file adds to them.</param>
    /// <param name="folder">What replaces CURDIR, with backslashes doubled.</param>
    public static SuiteFile Parse(string text, string source, FileKind kind, Languages languages, string? folder = null)
    {
        var parser = new SuiteFileParser(source, kind, languages);
        parser.ReadSections(RobotLexer.ReadRows(text, folder));
        parser._file.Problems.Sort((a, b) => a.Line.CompareTo(b.Line));
        return parser._file;
    }

    private static string Header(LogicalRow row) => TitleCase.Of(TitleCase.NormalizeSpaces(row.First).Trim('*', ' '));

    private void ReadSections(IReadOnlyList<LogicalRow> rows)
    {
        var sections = new List<(string Kind, List<LogicalRow> Rows)>();
        List<LogicalRow>? current = null;
        foreach (var row in rows)
        {
            if (row.First.StartsWith('*'))
            {
                sections.Add((ReadHeader(row), current = []));
            }
            else if (current is null)
            {
                ReadLanguageLine(row);
            }
            else
            {
                current.Add(row);
            }
        }

        // Settings come first wherever they stand: a template decides how tests are read.
        foreach (var (kind, body) in sections.Where(section => section.Kind == "Settings"))
        {
            body.ForEach(ReadSetting);
        }

        foreach (var (kind, body) in sections)
        {
            switch (kind)
            {
                case "Variables":
                    body.ForEach(ReadVariable);
                    break;
                case "Test Cases" or "Tasks":
                    ReadBlocks(body, _file.Tests, kind == "Tasks" ? BlockKind.Task : BlockKind.Test);
                    break;
                case "Keywords":
                    ReadBlocks(body, _file.Keywords, BlockKind.Keyword);
                    break;
            }
        }
    }

    private string ReadHeader(LogicalRow row)
    {
        var header = Header(row);
        var kind = _languages.Headers.GetValueOrDefault(header);
        if (kind is null && _languages.Headers.ContainsValue(header + "s"))
        {
            kind = header + "s";
            if (IsAllowed(kind))
            {
                Warn(
                    row.Line,
                    $"Singular section headers like '{row.First}' are deprecated. Use plural format like '*** {kind} ***' instead.");
            }
        }

        if (kind is null || !IsAllowed(kind))
        {
            var problem = new ParseProblem(row.Line, InvalidHeader(row.First, _languages.Headers.GetValueOrDefault(header), header), false);
            _file.Problems.Add(problem);
            _file.InvalidHeader ??= problem;
            return "";
        }

        _file.HasTestSection |= kind == "Test Cases";
        _file.HasTaskSection |= kind == "Tasks";
        return kind;
    }

    private bool IsAllowed(string kind) => _kind == FileKind.Suite || kind is not ("Test Cases" or "Tasks");

    private string InvalidHeader(string written, string? kind, string header) => _kind switch
    {
        FileKind.Suite => $"Unrecognized section header '{written}'. Valid sections: 'Settings', 'Variables', 'Test Cases', 'Tasks', 'Keywords' and 'Comments'.",
        FileKind.Resource when kind is "Test Cases" or "Tasks" => $"Resource file with '{header}' section is invalid.",
        FileKind.Init when kind is "Test Cases" or "Tasks" => $"'{header}' section is not allowed in suite initialization file.",
        _ => $"Unrecognized section header '{written}'. Valid sections: 'Settings', 'Variables', 'Keywords' and 'Comments'.",
    };

    private void ReadLanguageLine(LogicalRow row)
    {
        if (!row.First.Contains(':', StringComparison.Ordinal))
        {
            return;
        }

        var text = string.Join(' ', row.Values(0));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var language = text[(colon + 1)..].Trim();
        if (text[..colon].Equals("language", StringComparison.OrdinalIgnoreCase) && !_languages.TryAdd(language))
        {
            foreach (var cell in row.Cells)
            {
                Error(cell.Line, $"Invalid language configuration: Language '{language}' not found nor importable as a language module.");
            }
        }
    }

    private void ReadSetting(LogicalRow row)
    {
        if (_settings.Read(row.Cells, row.First, out var error) is { } setting)
        {
            _file.Settings.Add(setting);
        }
        else
        {
            Error(row.Line, error!);
        }
    }

    private void ReadVariable(LogicalRow row)
    {
        var values = row.Cells.Skip(1).Select(cell => cell.Value).ToList();
        var separator = row.First.StartsWith('$') ? RowOptions.Take(values, "separator").GetValueOrDefault("separator") : null;
        var name = row.First.EndsWith('=') ? row.First[..^1].TrimEnd() : row.First;
        var errors = VariableChecks.Check(row.First, values);
        _file.Variables.Add(new VariableRow(name, values, separator, row.Line, ErrorList.Format(errors)));
    }

    private void ReadBlocks(List<LogicalRow> rows, List<NamedBlock> blocks, BlockKind kind)
    {
        for (var i = 0; i < rows.Count;)
        {
            var head = rows[i];
            var block = new NamedBlock { Name = head.First, Line = head.Line };
            var body = new List<IReadOnlyList<Token>>();
            if (head.Cells.Count > 1)
            {
                body.Add([.. head.Cells.Skip(1)]);
            }

            for (i++; i < rows.Count && rows[i].First.Length == 0; i++)
            {
                var cells = rows[i].WithoutIndent();
                if (cells.Count > 0)
                {
                    body.Add(cells);
                }
            }

            new BodyParser(block, kind, kind == BlockKind.Keyword ? SettingTable.ForKeyword(_languages) : SettingTable.ForTest(_languages), _settings)
                .Parse(body);
            blocks.Add(block);
        }
    }

    private void Error(int line, string text) => _file.Problems.Add(new ParseProblem(line, text, false));

    private void Warn(int line, string text) => _file.Problems.Add(new ParseProblem(line, text, true));
}
