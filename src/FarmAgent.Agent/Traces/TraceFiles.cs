using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Sessions;
using FarmAgent.Boards.Traces;
using FarmAgent.Boards.Traces.Decoding;
using FarmAgent.Boards.Traces.Export;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Traces;

/// <summary>
/// Traces as files: what led to the failure of a run or an operation is saved while it is still in memory. Bounded in time, entries and number of files.
/// </summary>
/// <param name="folder">Where those of operations are kept.</param>
internal sealed class TraceFiles(string folder)
{
    public const string TextName = "trace.txt";
    public const string VcdName = "trace.vcd";

    private const int MostKept = 50;
    private const int MostEntries = 2_000;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    /// <summary>Writes the last stretch of a board's trace as text and as value change dump.</summary>
    /// <param name="target">Folder for both files.</param>
    /// <param name="board">The board.</param>
    public static async Task SaveAsync(string target, BoardSession board)
    {
        var entries = board.Trace.ReadLast(Length);
        if (entries.Count > MostEntries)
        {
            entries = [.. entries.Skip(entries.Count - MostEntries)];
        }

        await WriteAsync(Path.Combine(target, TextName), writer => WriteText(board.Description, entries, writer));
        await WriteAsync(Path.Combine(target, VcdName), writer => TraceVcd.Write(board.Description, entries, writer));
    }

    /// <summary>Writes entries as lines.</summary>
    public static void WriteText(BoardDescription board, IReadOnlyList<TraceEntry> entries, TextWriter writer)
    {
        var decoder = new TraceDecoder(board);
        foreach (var entry in entries)
        {
            writer.Write(decoder.DescribeLine(entry));
            writer.Write('\n');
        }
    }

    /// <summary>Saves what led to the failure of an operation.</summary>
    /// <param name="operation">Id of the operation.</param>
    /// <param name="board">The board.</param>
    public async Task SaveOperationAsync(string operation, BoardSession board)
    {
        var all = Directory.CreateDirectory(folder);
        foreach (var old in all.GetDirectories().OrderByDescending(d => d.CreationTimeUtc).Skip(MostKept - 1))
        {
            old.Delete(recursive: true);
        }

        await SaveAsync(all.CreateSubdirectory(operation).FullName, board);
    }

    /// <summary>Opens what was saved of an operation.</summary>
    /// <param name="operation">Id of the operation.</param>
    /// <param name="name">File wanted.</param>
    /// <exception cref="RequestException">Nothing was saved (<c>TRACE_NOT_SAVED</c>).</exception>
    public FileStream Open(string operation, string name)
    {
        var isId = operation.Length is > 0 and <= 40 && operation.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
        var path = isId ? Path.Combine(folder, operation, name) : "";
        return isId && File.Exists(path)
            ? File.OpenRead(path)
            : throw new RequestException(
                "TRACE_NOT_SAVED",
                $"No trace was saved of operation '{operation}': only those that fail have one, and the last {MostKept} are kept. Read what is in memory: farmctl trace tail.");
    }

    private static async Task WriteAsync(string path, Action<TextWriter> write)
    {
        // A suite may have made a file, or a link, of this name: it goes.
        File.Delete(path);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await using var writer = new StreamWriter(file);
        write(writer);
    }
}
