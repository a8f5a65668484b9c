using System.Globalization;
using System.Text;

namespace FarmAgent.Flashing.Images;

/// <summary>Joins several images into one file.</summary>
public static class ImageBundle
{
    private const int RecordBytes = 32;

    /// <summary>Joins images into S-records.</summary>
    /// <param name="images">At least one.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ImageException">Two of them want the same bytes (<c>IMAGE_OVERLAP</c>), also where the bytes are equal.</exception>
    public static byte[] Join(IReadOnlyList<FirmwareImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var pieces = images.SelectMany(i => i.Segments.Select(s => (Image: i, Segment: s))).OrderBy(p => p.Segment.Address).ToList();
        for (var i = 1; i < pieces.Count; i++)
        {
            var (earlier, later) = (pieces[i - 1], pieces[i]);
            if (later.Segment.Address < earlier.Segment.Range.End)
            {
                throw new ImageException(
                    "IMAGE_OVERLAP",
                    $"{earlier.Image.Name} has {earlier.Segment.Range} and {later.Image.Name} has {later.Segment.Range}: both want 0x{later.Segment.Address:X8}. "
                    + "Nothing was written. Link them apart, or give a binary another --base.");
            }
        }

        var text = new StringBuilder();
        foreach (var (_, segment) in pieces)
        {
            for (var done = 0; done < segment.Data.Length; done += RecordBytes)
            {
                Append(text, '3', segment.Address + (uint)done, segment.Data.Span.Slice(done, Math.Min(RecordBytes, segment.Data.Length - done)));
            }
        }

        Append(text, '7', images[0].EntryPoint ?? 0, []);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, char type, uint address, ReadOnlySpan<byte> data)
    {
        byte[] record = [(byte)(data.Length + 5), (byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address, .. data];
        var checksum = (byte)~record.Aggregate((byte)0, (sum, value) => (byte)(sum + value));
        text.Append(CultureInfo.InvariantCulture, $"S{type}{Convert.ToHexString(record)}{checksum:X2}\n");
    }
}
