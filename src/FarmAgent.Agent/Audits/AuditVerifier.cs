namespace FarmAgent.Agent.Audits;

/// <summary>What a check of an audit found.</summary>
/// <param name="Files">Files read.</param>
/// <param name="Records">Lines that are right.</param>
/// <param name="First">Number of the first line.</param>
/// <param name="Last">Number of the last line.</param>
/// <param name="Head">Hash of the last line: whoever keeps it elsewhere can tell later whether the past was changed.</param>
/// <param name="Problems">Places where the chain is broken, each with what was found.</param>
/// <param name="IsTorn">True when the last line is not whole, as a crash leaves it.</param>
internal sealed record AuditFindings(int Files, long Records, long First, long Last, string Head, IReadOnlyList<string> Problems, bool IsTorn)
{
    /// <summary>Whether an earlier head was found in the chain; true when none was asked for.</summary>
    public bool HasHead { get; init; } = true;
}

/// <summary>Checks every line's hash, that each names the one before, and that none is missing.</summary>
internal static class AuditVerifier
{
    private const int MostProblems = 100;

    /// <summary>Checks a folder.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="head">A hash that must be in the chain; null for none.</param>
    public static AuditFindings Verify(string folder, string? head = null)
    {
        var files = AuditFolder.List(folder);
        var problems = new List<string>();
        var (records, first, last, previous, torn, seen) = (0L, 0L, 0L, "", false, head is null);
        foreach (var file in files)
        {
            foreach (var (number, line, isWhole) in AuditFolder.LinesOf(file))
            {
                if (!isWhole && file == files[^1])
                {
                    torn = true;
                    break;
                }

                var place = $"{Path.GetFileName(file)}:{number}";
                if (!AuditLine.TryRead(line, out var record))
                {
                    Complain($"{place}: the line is not what its hash says, or is no line of an audit");
                    previous = "";
                    continue;
                }

                if (records == 0)
                {
                    first = record.Sequence;
                    if (record.Sequence == 1 && record.Previous != AuditLine.NoHash)
                    {
                        Complain($"{place}: the first line names a line before it");
                    }
                }
                else if (record.Previous != previous || record.Sequence != last + 1)
                {
                    Complain($"{place}: line {record.Sequence} does not follow on line {last}: lines between them were changed, removed or put in");
                }

                (records, last, previous) = (records + 1, record.Sequence, record.Hash);
                seen |= record.Hash == head;
            }
        }

        return new AuditFindings(files.Count, records, first, last, previous, problems, torn) { HasHead = seen };

        void Complain(string problem)
        {
            if (problems.Count < MostProblems)
            {
                problems.Add(problem);
            }
        }
    }
}
