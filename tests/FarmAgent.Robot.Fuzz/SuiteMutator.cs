using System.Text;
using System.Text.RegularExpressions;

namespace FarmAgent.Robot.Fuzz;

/// <summary>Makes a broken suite from good ones: lines, cells and characters move, vanish, come twice or from elsewhere.</summary>
internal sealed partial class SuiteMutator
{
    private const string Marks = "${}[]@&%*\\=#|:.,\"' \t\n\r\0\u001b\u00a0\u0301\u212a\ud83d\ufeffé漢<>()-+0/";
    private const int MaxLines = 400;

    private readonly FuzzCorpus _corpus;
    private readonly string[] _cells;

    public SuiteMutator(FuzzCorpus corpus)
    {
        _corpus = corpus;
        _cells = [.. corpus.Suites.SelectMany(suite => Separator().Split(suite)).Where(cell => cell.Length > 0).Concat(SuiteWords.Values).Distinct()];
    }

    /// <summary>A mutated suite; the same for the same state of the source of chance.</summary>
    public string Mutate(Random random)
    {
        var lines = Pick(random, _corpus.Suites).Split('\n').ToList();
        for (var count = 1 + random.Next(12); count > 0; count--)
        {
            MutateLines(random, lines);
        }

        var text = string.Join('\n', lines.Take(MaxLines));
        for (var count = random.Next(4); count > 0 && random.Next(2) == 0; count--)
        {
            text = MutateCharacters(random, text);
        }

        return text;
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private void MutateLines(Random random, List<string> lines)
    {
        var at = random.Next(lines.Count);
        switch (random.Next(10))
        {
            case 0 when lines.Count > 1:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count + 1), lines[at]);
                break;
            case 2:
                var other = random.Next(lines.Count);
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                var source = Pick(random, _corpus.Suites).Split('\n');
                var from = random.Next(source.Length);
                lines.InsertRange(at, source.Skip(from).Take(1 + random.Next(6)));
                break;
            case 4:
                lines[at] = random.Next(2) == 0 ? "    " + lines[at] : lines[at].TrimStart();
                break;
            default:
                lines[at] = MutateCells(random, lines[at]);
                break;
        }
    }

    private string MutateCells(Random random, string line)
    {
        var cells = Separator().Split(line).ToList();
        var at = random.Next(cells.Count);
        switch (random.Next(6))
        {
            case 0:
                cells.RemoveAt(at);
                break;
            case 1:
                cells.Insert(at, Pick(random, _cells));
                break;
            case 2:
                cells[at] += Pick(random, _cells);
                break;
            case 3:
                cells[at] = $"${{{cells[at]}}}";
                break;
            default:
                cells[at] = Pick(random, _cells);
                break;
        }

        return string.Join("    ", cells);
    }

    private static string MutateCharacters(Random random, string text)
    {
        var result = new StringBuilder(text);
        for (var count = 1 + random.Next(5); count > 0 && result.Length > 0; count--)
        {
            var at = random.Next(result.Length);
            switch (random.Next(3))
            {
                case 0:
                    result.Remove(at, Math.Min(1 + random.Next(3), result.Length - at));
                    break;
                case 1:
                    result[at] = Marks[random.Next(Marks.Length)];
                    break;
                default:
                    result.Insert(at, Marks[random.Next(Marks.Length)].ToString(), 1 + (random.Next(20) == 0 ? 300 : 0));
                    break;
            }
        }

        return result.ToString();
    }

    [GeneratedRegex(@" {2,}|\t|\n", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Separator();
}
