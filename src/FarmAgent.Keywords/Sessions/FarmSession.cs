using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.V1;
using FarmAgent.Keywords.Traces;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Running;

namespace FarmAgent.Keywords.Sessions;

/// <summary>
/// What all hardware keywords of one run share: the agent, the board, the lease, and the bench's clock. It connects at the first keyword that
/// needs it, so that suites without hardware run anywhere.
/// </summary>
public sealed class FarmSession : IDisposable
{
    private readonly Lazy<FarmClient> _client;
    private readonly string? _boardName;
    private readonly string? _lease;
    private readonly Lazy<BenchRobotClock> _clock;
    private Board? _board;

    private FarmSession(Func<FarmClient> connect, string? board, string? lease)
    {
        _client = new Lazy<FarmClient>(connect);
        _boardName = board;
        _lease = lease;
        _clock = new Lazy<BenchRobotClock>(() => new BenchRobotClock(this, new SystemRobotClock(TimeProvider.System)));
        Trace = new BusTrace(() => Clock.Now);
    }

    /// <summary>Time of the run: waiting advances a virtual bench in lockstep and is real everywhere else.</summary>
    public IRobotClock Clock => _clock.Value;

    /// <summary>Told about the run, so that evidence belongs to the test that is at work: for <see cref="Robot.RobotHost.Listeners"/>.</summary>
    public IRobotListener Listener => Trace;

    /// <summary>The last exchanges with the bench as a table; null when the running test had none since it was asked last: for <see cref="Robot.RobotHost.Evidence"/>.</summary>
    public string? Evidence() => Trace.Take();

    /// <summary>Takes every exchange of a keyword with the bench.</summary>
    internal BusTrace Trace { get; }

    /// <summary>The agent's services.</summary>
    internal FarmClient Client => _client.Value;

    /// <summary>True when the run has a board to work with.</summary>
    internal bool HasBoard => !string.IsNullOrEmpty(_boardName) && !string.IsNullOrEmpty(_lease);

    /// <summary>The board's resource name.</summary>
    /// <exception cref="KeywordFailedException">The run has no board.</exception>
    internal string BoardName => HasBoard ? _boardName! : throw NoBoard();

    /// <summary>The lease under which the keywords act.</summary>
    /// <exception cref="KeywordFailedException">The run has no lease.</exception>
    internal string Lease => HasBoard ? _lease! : throw NoBoard();

    /// <summary>Reads FARM_AGENT, FARM_TOKEN_FILE, FARM_BOARD and FARM_LEASE; nothing is opened yet.</summary>
    public static FarmSession FromEnvironment()
    {
        var board = Environment.GetEnvironmentVariable("FARM_BOARD");
        if (!string.IsNullOrEmpty(board) && !board.StartsWith("boards/", StringComparison.Ordinal))
        {
            board = "boards/" + board;
        }

        return new FarmSession(
            () => new FarmClient(FarmClientOptions.FromEnvironment()), board, Environment.GetEnvironmentVariable("FARM_LEASE"));
    }

    /// <summary>A session on a lease that is held already; nothing is opened yet.</summary>
    /// <param name="options">Where the agent is, and as whom.</param>
    /// <param name="board">The board, <c>boards/b1</c>.</param>
    /// <param name="lease">The lease, <c>leases/…</c>.</param>
    public static FarmSession On(FarmClientOptions options, string board, string lease) => new(() => new FarmClient(options), board, lease);

    /// <summary>A session without a board: keywords that need one say how to get it.</summary>
    public static FarmSession WithoutBoard() => new(() => new FarmClient(new FarmClientOptions()), board: null, lease: null);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    /// <summary>The board as it is described; what can change is read anew by <see cref="ReadBoard"/>.</summary>
    internal Board Board => _board ??= ReadBoard();

    /// <summary>The board as it is now.</summary>
    internal Board ReadBoard() => Client.Inventory.GetBoard(new GetBoardRequest { Name = BoardName }).Board;

    private static KeywordFailedException NoBoard() => new(
        "This run has no board. Start it by 'farmctl run SUITE', or take a lease and set FARM_AGENT, FARM_BOARD and FARM_LEASE.");
}
