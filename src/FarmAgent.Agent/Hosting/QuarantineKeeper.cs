using System.Collections.Concurrent;
using System.Globalization;
using FarmAgent.Boards.Checks;
using FarmAgent.Boards.Sessions;

namespace FarmAgent.Agent.Hosting;

/// <summary>
/// Keeps boards that proved broken from being leased: after a failed check, or after several faults of the bench in a row. Written down at once,
/// since a restart mends no wire. Thread-safe.
/// </summary>
/// <param name="fleet">The boards.</param>
/// <param name="folder">Where it is written down, a file a board.</param>
/// <param name="after">Gives how many faults of the bench in a row put a board there; 0 for never.</param>
/// <param name="time">Wall time.</param>
/// <param name="changed">Told when a board came or went.</param>
/// <param name="log">The log.</param>
internal sealed class QuarantineKeeper(BoardFleet fleet, string folder, Func<int> after, TimeProvider time, Action changed, ILogger log)
{
    private static readonly string[] FaultPrefixes = ["PROBE_", "USB_", "I2C_", "TARGET_", "WIRE", "GPIO_LINE_", "SERIAL_LOST", "NRST_", "INSTRUMENT_"];

    private readonly ConcurrentDictionary<string, int> _faults = new(StringComparer.Ordinal);

    /// <summary>Reads what was written down.</summary>
    public void Load()
    {
        foreach (var session in fleet.Sessions.Where(s => File.Exists(PathOf(s.Name))))
        {
            var lines = File.ReadAllLines(PathOf(session.Name));
            if (lines.Length >= 3 && DateTimeOffset.TryParse(lines[1], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var since))
            {
                session.Quarantine = new BoardQuarantine(lines[0], lines[2], since);
                AgentLog.Quarantined(log, session.Name, lines[0], lines[2]);
            }
        }
    }

    /// <summary>Puts a board there; one that is there stays for its first reason.</summary>
    public BoardQuarantine Put(BoardSession session, string reason, string text)
    {
        if (session.Quarantine is { } present)
        {
            return present;
        }

        var quarantine = new BoardQuarantine(reason, text.ReplaceLineEndings(" "), time.GetUtcNow());
        session.Quarantine = quarantine;
        session.Trace.Mark($"quarantine: {reason}");
        AgentLog.Quarantined(log, session.Name, reason, quarantine.Text);
        Keep(session.Name, quarantine);
        changed();
        return quarantine;
    }

    /// <summary>Lets a board be leased again.</summary>
    public void Restore(BoardSession session, string by)
    {
        _faults.TryRemove(session.Name, out _);
        if (session.Quarantine is null)
        {
            return;
        }

        session.Quarantine = null;
        File.Delete(PathOf(session.Name));
        AgentLog.Restored(log, session.Name, by);
        changed();
    }

    /// <summary>A check ended: what it found decides.</summary>
    public void Checked(BoardSession session, BoardCheckReport report)
    {
        var culprits = report.Culprits.ToList();
        if (culprits.Count > 0)
        {
            Put(session, culprits[0].Reason, string.Join("; ", culprits.Select(c => $"{c.Subject}: {c.Text}")));
        }
    }

    /// <summary>A run or a flash ended. Faults of the bench in a row count; anything that proves the bench in order begins anew.</summary>
    /// <param name="session">The board.</param>
    /// <param name="reason">Why it failed; empty when the bench did its work.</param>
    /// <param name="text">The same for people.</param>
    public void Note(BoardSession session, string reason, string text)
    {
        if (!IsBenchFault(reason))
        {
            // Nothing was proved about the bench by what never came to it.
            if (reason.Length == 0)
            {
                _faults.TryRemove(session.Name, out _);
            }

            return;
        }

        var count = _faults.AddOrUpdate(session.Name, 1, (_, n) => n + 1);
        if (after() is > 0 and var most && count >= most)
        {
            Put(session, reason, $"{count} faults of the bench in a row, the last one: {text}");
        }
    }

    private static bool IsBenchFault(string reason) =>
        reason is not "PROBE_IN_USE" && FaultPrefixes.Any(p => reason.StartsWith(p, StringComparison.Ordinal));

    private void Keep(string board, BoardQuarantine quarantine)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var fresh = PathOf(board) + ".new";
            using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
            {
                using var writer = new StreamWriter(file, leaveOpen: true);
                writer.Write($"{quarantine.Reason}\n{quarantine.Since:O}\n{quarantine.Text}\n");
                writer.Flush();
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, PathOf(board), overwrite: true);
        }
        catch (IOException e)
        {
            // It holds until the agent ends.
            AgentLog.BoardTrouble(log, board, $"its quarantine could not be written down: {e.Message}");
        }
    }

    private string PathOf(string board) => Path.Combine(folder, Uri.EscapeDataString(board));
}
