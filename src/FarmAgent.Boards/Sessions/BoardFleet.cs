using FarmAgent.Boards.Consoles;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Sessions;

/// <summary>The boards of an agent with their devices.</summary>
public sealed class BoardFleet : IDisposable
{
    private readonly Dictionary<string, BoardSession> _sessions;
    private readonly AdapterPool _adapters;
    private readonly FlashContentTracker _contents;

    /// <summary>Sets all boards up; nothing is opened yet but a look for probes on USB.</summary>
    /// <param name="inventory">The boards.</param>
    /// <param name="backendOf">The bench behind a board; boards on this host share one. The caller keeps and disposes it.</param>
    /// <param name="contents">What is known of flashes; told of chips and probes that change.</param>
    /// <param name="sink">Keeps console recordings; null for memory alone.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="options">Limits.</param>
    public BoardFleet(
        BoardInventory inventory,
        Func<BoardDescription, IHardwareBackend> backendOf,
        FlashContentTracker contents,
        ISerialSink? sink,
        TimeProvider time,
        SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(backendOf);
        ArgumentNullException.ThrowIfNull(options);
        (Inventory, _contents) = (inventory, contents);
        _adapters = new AdapterPool(time, options.Executor);
        _sessions = inventory.Boards.ToDictionary(
            b => b.Name, b => new BoardSession(b, backendOf(b), _adapters, contents, sink, time, options), StringComparer.Ordinal);
    }

    /// <summary>The boards as described.</summary>
    public BoardInventory Inventory { get; }

    /// <summary>All boards, by name.</summary>
    public IEnumerable<BoardSession> Sessions => Inventory.Boards.Select(b => _sessions[b.Name]);

    /// <summary>A board with its devices.</summary>
    /// <param name="board">Name of the board.</param>
    /// <exception cref="RequestException">There is none of that name (<c>BOARD_UNKNOWN</c>).</exception>
    public BoardSession Get(string board) => _sessions[Inventory.Get(board).Name];

    /// <summary>Begins to record all consoles.</summary>
    public void Start()
    {
        foreach (var session in Sessions)
        {
            session.Start();
        }
    }

    /// <summary>
    /// Looks on USB for the boards' probes; call it every 2 s. A probe that is gone ends the validity of the board's receipt, because board
    /// and chip may be others when it comes back.
    /// </summary>
    /// <param name="cancellationToken">Ends the writing of what was found.</param>
    /// <returns>Boards whose probe came or went.</returns>
    public async Task<IReadOnlyList<string>> RefreshAsync(CancellationToken cancellationToken)
    {
        var changed = new List<string>();
        foreach (var session in Sessions)
        {
            if (session.Probe is not { } probe)
            {
                continue;
            }

            var before = probe.Presence;
            var now = probe.Refresh();
            if (before.Info != now.Info)
            {
                changed.Add(session.Name);
            }

            if (now.Info is null)
            {
                await _contents.ProbeRemovedAsync(session.Name, cancellationToken);
            }
        }

        return changed;
    }

    /// <summary>Closes all devices. Jobs at work on a device end by themselves; what waits is refused.</summary>
    public void Dispose()
    {
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }

        _adapters.Dispose();
    }
}
