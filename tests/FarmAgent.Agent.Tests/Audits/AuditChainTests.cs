using System.Text;
using CsCheck;
using FarmAgent.Agent.Audits;

namespace FarmAgent.Agent.Tests.Audits;

public sealed class AuditChainTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Verify_UntouchedFiles_AreWhole()
    {
        Write(100);

        var found = AuditVerifier.Verify(_folder);

        Assert.Empty(found.Problems);
        Assert.Equal((100, 1, 100), (found.Records, found.First, found.Last));
    }

    [Fact]
    public void Verify_AnyByteChanged_IsFound() => Gen.Int[0, 1_000_000].Select(Gen.Byte[1, 255]).Sample(
        (place, change) =>
        {
            var file = Fresh(20);
            var bytes = File.ReadAllBytes(file);

            // The last line's end is not in the chain: without it the line counts as torn by a crash.
            bytes[place % (bytes.Length - 1)] ^= change;
            File.WriteAllBytes(file, bytes);

            return AuditVerifier.Verify(_folder).Problems.Count > 0;
        },
        iter: 300, threads: 1);

    [Fact]
    public void Verify_LineRemovedFromTheMiddle_IsFound() => Assert.Contains("does not follow", Assert.Single(Changed(lines => lines.RemoveAt(4)).Problems), StringComparison.Ordinal);

    [Fact]
    public void Verify_LinesSwapped_IsFound() => Assert.NotEmpty(Changed(lines => (lines[4], lines[5]) = (lines[5], lines[4])).Problems);

    [Fact]
    public void Verify_LastLinesRemoved_AreMissedByWhoKnowsTheHead()
    {
        var file = Fresh(10);
        var head = AuditVerifier.Verify(_folder).Head;
        File.WriteAllLines(file, File.ReadAllLines(file)[..^1]);

        var found = AuditVerifier.Verify(_folder, head);

        Assert.Empty(found.Problems);
        Assert.False(found.HasHead);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(150)]
    public void Open_LastLineTorn_RemovesItAndSaysSo(int torn)
    {
        var file = Fresh(10);
        using (var stream = File.OpenWrite(file))
        {
            stream.SetLength(stream.Length - torn);
        }

        using (var reopened = new AuditFile(_folder, 1 << 20, 4))
        {
            Assert.NotNull(reopened.Mended);
            reopened.Append([Entry("after")]);
        }

        var found = AuditVerifier.Verify(_folder);
        Assert.Empty(found.Problems);
        Assert.Equal(10, found.Records);
    }

    [Fact]
    public void Open_LastLineDamaged_LeavesTheEvidenceAndGoesOn()
    {
        var file = Fresh(10);
        var bytes = File.ReadAllBytes(file);
        bytes[^20] ^= 1;
        File.WriteAllBytes(file, bytes);

        using (var reopened = new AuditFile(_folder, 1 << 20, 4))
        {
            reopened.Append([Entry("after")]);
        }

        Assert.Equal(bytes, File.ReadAllBytes(file));
        Assert.NotEmpty(AuditVerifier.Verify(_folder).Problems);
    }

    [Fact]
    public void Append_MoreThanAFileHolds_RotatesAndTheChainRunsOn()
    {
        using (var file = new AuditFile(_folder, largest: 2_000, kept: 3))
        {
            for (var i = 0; i < 100; i++)
            {
                file.Append([Entry($"number {i}")]);
            }
        }

        var found = AuditVerifier.Verify(_folder);

        Assert.Empty(found.Problems);
        Assert.Equal((3, 100), (found.Files, found.Last));
        Assert.True(found.First > 1);
    }

    [Fact]
    public void Write_AnyText_StaysOneLineAndComesBack() => Gen.String.Select(Gen.String).Sample(
        (who, note) =>
        {
            using var memory = new MemoryStream();
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            AuditLine.Write(Entry("x") with { Who = who, Note = note + "\r\n\u001b[2J{\"hash\":\"" }, 1, AuditLine.NoHash, buffer);
            var line = buffer.WrittenSpan[..^1];
            var isPlain = !line.ContainsAnyInRange((byte)0, (byte)31) && !line.Contains((byte)127);

            // A lone half of a surrogate pair is no text; it is written as the sign for that.
            var isSame = AuditLine.TryRead(line, out var record) && record.Entry.Who == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(who));
            return isPlain && isSame;
        },
        iter: 2_000, threads: 1);

    private static AuditEntry Entry(string what) => new() { Kind = "admin", Who = "token:anna", What = what, Time = DateTimeOffset.UnixEpoch };

    private string Fresh(int count)
    {
        foreach (var old in AuditFolder.List(_folder))
        {
            File.Delete(old);
        }

        Write(count);
        return AuditFolder.List(_folder)[0];
    }

    private AuditFindings Changed(Action<List<string>> change)
    {
        var file = Fresh(10);
        var lines = File.ReadAllLines(file).ToList();
        change(lines);
        File.WriteAllLines(file, lines);
        return AuditVerifier.Verify(_folder);
    }

    private void Write(int count)
    {
        using var file = new AuditFile(_folder, 1 << 20, 4);
        file.Append([.. Enumerable.Range(0, count).Select(i => Entry($"act {i}"))]);
    }
}
