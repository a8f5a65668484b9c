using System.Buffers;
using System.Text.RegularExpressions;

namespace FarmAgent.Robot.Lexing;

/// <summary>Splits the text of a file into tokens and rows.</summary>
internal static partial class RobotLexer
{
    private const string CurrentFolder = "${CURDIR}";

    // The line ends of the language; \r\n counts once.
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029");

    /// <summary>All tokens of a text, line by line.</summary>
    public static IEnumerable<IReadOnlyList<Token>> Tokenize(string text)
    {
        var line = 1;
        for (var start = 0; start < text.Length; line++)
        {
            var end = text.AsSpan(start).IndexOfAny(LineEnds);
            end = end < 0 ? text.Length : start + end;
            var next = end == text.Length ? end : text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
            yield return TokenizeLine(text[start..end], text[end..next], line);
            start = next;
        }
    }

    /// <summary>All rows that hold data, with the rows that continue them joined.</summary>
    /// <param name="text">Text of the file.</param>
    /// <param name="folder">What replaces the variable CURDIR, or <see langword="null"/> to leave it.</param>
    public static IReadOnlyList<LogicalRow> ReadRows(string text, string? folder = null)
    {
        var rows = new List<LogicalRow>();
        List<Token>? current = null;
        foreach (var tokens in Tokenize(text))
        {
            var cells = tokens.Where(token => token.Type == TokenType.Data).ToList();
            RemoveTrailingEmpty(cells);
            if (tokens.FirstOrDefault(token => token.Type == TokenType.Continuation) is { } mark)
            {
                cells.RemoveAll(cell => cell.Column < mark.Column);
                if (cells.Count == 0)
                {
                    cells.Add(new Token(TokenType.Data, "", mark.Line, mark.EndColumn));
                }

                if (current is null)
                {
                    rows.Add(new LogicalRow(current = []));
                }

                current.AddRange(cells);
            }
            else if (cells.Count > 0)
            {
                rows.Add(new LogicalRow(current = cells));
            }
        }

        return folder is not null && text.Contains(CurrentFolder, StringComparison.Ordinal) ? [.. rows.Select(row => Replace(row, folder))] : rows;
    }

    private static LogicalRow Replace(LogicalRow row, string folder) =>
        new([.. row.Cells.Select(cell => cell with { Value = cell.Value.Replace(CurrentFolder, folder, StringComparison.Ordinal) })]);

    private static List<Token> TokenizeLine(string line, string lineEnd, int number)
    {
        var body = line.TrimEnd();
        var tokens = new List<Token>();
        var column = 0;
        var piped = body.Length > 0 && body[0] == '|' && (body.Length == 1 || char.IsWhiteSpace(body[1]));
        foreach (var (value, isData) in piped ? SplitPipes(body) : SplitSpaces(body))
        {
            tokens.Add(new Token(isData ? TokenType.Data : TokenType.Separator, value, number, column));
            column += value.Length;
        }

        MarkCommentsAndContinuation(tokens);
        tokens.Add(new Token(TokenType.EndOfLine, line[body.Length..] + lineEnd, number, column));
        return tokens;
    }

    private static IEnumerable<(string Value, bool IsData)> SplitSpaces(string body)
    {
        var start = 0;
        foreach (Match gap in SpaceSeparator().Matches(body))
        {
            yield return (body[start..gap.Index], true);
            yield return (gap.Value, false);
            start = gap.Index + gap.Length;
        }

        yield return (body[start..], true);
    }

    // Cells may touch: the white space after one pipe may be the white space before the next.
    private static IEnumerable<(string Value, bool IsData)> SplitPipes(string body)
    {
        var first = PipeSeparator().Match(body);
        yield return (first.Value, false);
        var rest = body[first.Length..];
        for (var match = InnerPipe().Match(rest); match.Success; match = InnerPipe().Match(rest))
        {
            yield return (rest[..match.Index], true);
            yield return (match.Value, false);
            rest = rest[(match.Index + match.Length)..];
        }

        yield return (rest, true);
    }

    private static void MarkCommentsAndContinuation(List<Token> tokens)
    {
        var (comment, data, continued) = (false, false, false);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Type != TokenType.Data)
            {
                continue;
            }

            var value = i == 0 ? tokens[i].Value.TrimStart() : tokens[i].Value;
            comment |= value.StartsWith('#');
            if (comment)
            {
                tokens[i] = tokens[i] with { Type = TokenType.Comment };
            }
            else if (value.Length > 0 && !data)
            {
                if (value == "..." && !continued)
                {
                    tokens[i] = tokens[i] with { Type = TokenType.Continuation };
                    continued = true;
                }
                else
                {
                    data = true;
                }
            }
        }
    }

    private static void RemoveTrailingEmpty(List<Token> cells)
    {
        while (cells.Count > 0 && cells[^1].Value.Length == 0)
        {
            cells.RemoveAt(cells.Count - 1);
        }
    }

    [GeneratedRegex(@"\s{2,}|\t", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex SpaceSeparator();

    [GeneratedRegex(@"\A\|(?:\s+|\z)", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex PipeSeparator();

    [GeneratedRegex(@"(?:\A|\s+)\|(?:\s+|\z)", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex InnerPipe();
}
