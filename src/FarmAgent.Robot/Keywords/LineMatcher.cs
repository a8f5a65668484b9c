namespace FarmAgent.Robot.Keywords;

/// <summary>A stretch of lines in two texts that is equal, or differs.</summary>
internal readonly record struct LinePart(bool IsEqual, int StartA, int EndA, int StartB, int EndB);

/// <summary>Compares lines by recursively longest equal stretches.</summary>
internal static class LineMatcher
{
    /// <summary>Changes with equal lines around them; changes that lie close share a group.</summary>
    public static List<List<LinePart>> Groups(List<string> a, List<string> b, int around)
    {
        var parts = Parts(a, b);
        if (parts.Count > 0 && parts[0].IsEqual)
        {
            var first = parts[0];
            parts[0] = first with { StartA = Math.Max(first.StartA, first.EndA - around), StartB = Math.Max(first.StartB, first.EndB - around) };
        }

        if (parts.Count > 0 && parts[^1].IsEqual)
        {
            var last = parts[^1];
            parts[^1] = last with { EndA = Math.Min(last.EndA, last.StartA + around), EndB = Math.Min(last.EndB, last.StartB + around) };
        }

        var groups = new List<List<LinePart>>();
        var group = new List<LinePart>();
        foreach (var part in parts)
        {
            var rest = part;
            if (part.IsEqual && part.EndA - part.StartA > around * 2)
            {
                group.Add(part with { EndA = Math.Min(part.EndA, part.StartA + around), EndB = Math.Min(part.EndB, part.StartB + around) });
                groups.Add(group);
                group = [];
                rest = part with { StartA = Math.Max(part.StartA, part.EndA - around), StartB = Math.Max(part.StartB, part.EndB - around) };
            }

            group.Add(rest);
        }

        if (group.Exists(part => !part.IsEqual))
        {
            groups.Add(group);
        }

        return groups;
    }

    private static List<LinePart> Parts(List<string> a, List<string> b)
    {
        var blocks = new List<(int A, int B, int Size)>();
        Collect(a, b, 0, a.Count, 0, b.Count, blocks);
        blocks.Add((a.Count, b.Count, 0));
        var parts = new List<LinePart>();
        var (i, j) = (0, 0);
        foreach (var (startA, startB, size) in blocks)
        {
            if (i < startA || j < startB)
            {
                parts.Add(new LinePart(false, i, startA, j, startB));
            }

            if (size > 0)
            {
                var joins = parts.Count > 0 && parts[^1].IsEqual;
                if (joins)
                {
                    parts[^1] = parts[^1] with { EndA = startA + size, EndB = startB + size };
                }
                else
                {
                    parts.Add(new LinePart(true, startA, startA + size, startB, startB + size));
                }
            }

            (i, j) = (startA + size, startB + size);
        }

        return parts;
    }

    private static void Collect(List<string> a, List<string> b, int lowA, int highA, int lowB, int highB, List<(int A, int B, int Size)> blocks)
    {
        var best = (A: lowA, B: lowB, Size: 0);
        for (var i = lowA; i < highA; i++)
        {
            for (var j = lowB; j < highB; j++)
            {
                var size = 0;
                while (i + size < highA && j + size < highB && a[i + size] == b[j + size])
                {
                    size++;
                }

                best = size > best.Size ? (i, j, size) : best;
            }
        }

        if (best.Size > 0)
        {
            Collect(a, b, lowA, best.A, lowB, best.B, blocks);
            blocks.Add(best);
            Collect(a, b, best.A + best.Size, highA, best.B + best.Size, highB, blocks);
        }
    }
}
