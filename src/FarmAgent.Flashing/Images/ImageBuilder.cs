namespace FarmAgent.Flashing.Images;

/// <summary>Collects pieces of an image in any order, finds overlaps, and joins what touches.</summary>
internal sealed class ImageBuilder(string fileName)
{
    private readonly List<Piece> _pieces = [];
    private readonly List<string> _warnings = [];

    /// <summary>Remarks about what is odd but usable.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Start address that the file names, if any.</summary>
    public uint? EntryPoint { get; set; }

    /// <summary>Adds bytes.</summary>
    /// <param name="address">Address of the first.</param>
    /// <param name="data">May be empty.</param>
    /// <param name="origin">Where in the file they stand, as in "line 12".</param>
    public void Add(uint address, ReadOnlyMemory<byte> data, string origin)
    {
        if (data.IsEmpty)
        {
            return;
        }

        if (address + (long)data.Length > 0x1_0000_0000)
        {
            throw new ImageException(
                "IMAGE_CORRUPT",
                $"{fileName}, {origin}: {data.Length} bytes at 0x{address:X8} pass the end of the 32-bit address space. Build the image again.");
        }

        _pieces.Add(new Piece(address, data, origin));
    }

    /// <summary>Adds a remark.</summary>
    public void Warn(string text) => _warnings.Add(text);

    /// <summary>The segments in ascending order, none touching another.</summary>
    public IReadOnlyList<ImageSegment> Build()
    {
        if (_pieces.Count == 0)
        {
            throw new ImageException("IMAGE_EMPTY", $"{fileName} holds no bytes to program. Check that the build produced a complete file.");
        }

        var sorted = _pieces.OrderBy(p => p.Address).ToList();
        var segments = new List<ImageSegment>();
        for (var first = 0; first < sorted.Count;)
        {
            var next = first + 1;
            var end = sorted[first].End;
            while (next < sorted.Count && sorted[next].Address <= end)
            {
                end = Math.Max(end, sorted[next].End);
                next++;
            }

            segments.Add(Join(sorted.GetRange(first, next - first), end));
            first = next;
        }

        return segments;
    }

    private ImageSegment Join(List<Piece> pieces, long end)
    {
        if (pieces.Count == 1)
        {
            return new ImageSegment(pieces[0].Address, pieces[0].Data);
        }

        var start = pieces[0].Address;
        var data = new byte[end - start];
        long filled = start;
        var last = pieces[0];
        foreach (var piece in pieces)
        {
            var target = data.AsSpan((int)(piece.Address - start), piece.Data.Length);
            var shared = (int)Math.Clamp(filled - piece.Address, 0, piece.Data.Length);
            if (shared > 0)
            {
                RequireEqual(target[..shared], piece, last, shared);
            }

            piece.Data.Span.CopyTo(target);
            if (piece.End > filled)
            {
                filled = piece.End;
                last = piece;
            }
        }

        return new ImageSegment(start, data);
    }

    private void RequireEqual(ReadOnlySpan<byte> present, Piece piece, Piece earlier, int shared)
    {
        var same = present.CommonPrefixLength(piece.Data.Span[..shared]);
        if (same < shared)
        {
            throw new ImageException(
                "IMAGE_OVERLAP",
                $"{fileName}: {earlier.Origin} and {piece.Origin} give different bytes for 0x{piece.Address + (uint)same:X8} "
                + $"(0x{present[same]:X2} and 0x{piece.Data.Span[same]:X2}). Correct the linker script or the tool that joined the files.");
        }

        Warn($"{earlier.Origin} and {piece.Origin} give the same {shared} bytes at 0x{piece.Address:X8} twice.");
    }

    private sealed record Piece(uint Address, ReadOnlyMemory<byte> Data, string Origin)
    {
        public long End => Address + (long)Data.Length;
    }
}
