using FarmAgent.Agent.Configuration;
using FarmAgent.Boards.Inventory;

namespace FarmAgent.Agent.Hosting;

/// <summary>Everything that was configured, checked as a whole: every problem is found at once.</summary>
/// <param name="Settings">What <c>agent.yaml</c> says.</param>
/// <param name="Inventory">The boards.</param>
/// <param name="StatePath">State directory; null for a temporary one.</param>
/// <param name="SocketPath">Path of the Unix socket; null for one beside a temporary state.</param>
internal sealed record AgentConfiguration(AgentSettings Settings, BoardInventory Inventory, string? StatePath, string? SocketPath)
{
    private const string DefaultBoards = "/etc/farm-agent/boards.d";
    private const string DefaultState = "/var/lib/farm-agent";
    private const string DefaultSocket = "/run/farm-agent/agent.sock";

    /// <summary>Reads and checks.</summary>
    /// <param name="options">What the command line asks for.</param>
    /// <param name="problems">Every problem, one line each; empty when there is none.</param>
    public static AgentConfiguration Read(AgentOptions options, out IReadOnlyList<string> problems)
    {
        var benchProblems = new List<string>();
        IReadOnlyList<BoardDescription> asked = [.. options.Virtual ? [SeedBoard.Description] : Array.Empty<BoardDescription>(), .. options.Benches.SelectMany(b => BenchBoards.Read(b, benchProblems))];
        if ((options.Virtual || options.Benches.Count > 0) && options.Config is null && options.Boards is null)
        {
            AddTwins(asked, benchProblems);
            problems = benchProblems;
            return new AgentConfiguration(new AgentSettings { Tls = new TlsFileSettings { Listen = options.Listen } }, InventoryOf(asked), options.State, options.Socket);
        }

        var found = new ConfigProblems();
        var settings = AgentSettingsReader.Read(options.Config ?? AgentOptions.DefaultConfig, mustExist: options.Config is not null, found);
        var read = BoardInventoryReader.ReadFolder(options.Boards ?? settings.Boards ?? DefaultBoards);
        foreach (var board in read.Boards.Where(b => b.BenchFile is not null))
        {
            BenchBoards.Check(board, benchProblems);
        }

        IReadOnlyList<BoardDescription> boards = [.. asked, .. settings.Benches.SelectMany(b => BenchBoards.Read(b, benchProblems)), .. read.Boards];
        AddTwins(boards, benchProblems);
        if (!settings.AllowVirtual && !options.Virtual && boards.Any(b => b.Backend == BoardBackend.Virtual) && boards.Any(b => b.Backend == BoardBackend.Linux))
        {
            found.Add(
                options.Config ?? AgentOptions.DefaultConfig,
                $"board {boards.First(b => b.Backend == BoardBackend.Virtual).Name} is virtual beside real ones, and could be taken for one; write allow_virtual: true to allow it");
        }

        foreach (var entry in settings.Roles)
        {
            foreach (var unknown in entry.Grant.Boards.Where(n => !boards.Any(b => b.Name == n)))
            {
                found.Add(options.Config ?? AgentOptions.DefaultConfig, $"roles: {entry.Who} has a role on board '{unknown}', which is not there; boards are {string.Join(", ", boards.Select(b => b.Name))}");
            }
        }

        problems = [.. found.All.Select(p => p.ToString()), .. read.Problems.Select(p => p.ToString()), .. benchProblems];
        return new AgentConfiguration(
            options.Listen is { } listen ? settings with { Tls = settings.Tls with { Listen = listen } } : settings,
            InventoryOf(boards),
            options.State ?? settings.State ?? (options.Virtual ? null : DefaultState),
            options.Socket ?? settings.Socket ?? (options.Virtual ? null : DefaultSocket));
    }

    private static BoardInventory InventoryOf(IEnumerable<BoardDescription> boards) =>
        new(boards.Where(b => b.Name.Length > 0).DistinctBy(b => b.Name, StringComparer.Ordinal));

    /// <summary>Board files are checked among themselves already; here it is about boards of bench files.</summary>
    private static void AddTwins(IEnumerable<BoardDescription> boards, List<string> problems)
    {
        foreach (var twins in boards.GroupBy(b => b.Name, StringComparer.Ordinal).Where(g => g.Count() > 1 && g.Any(b => b.BenchFile is not null)))
        {
            problems.Add($"{twins.Last(b => b.BenchFile is not null).BenchFile}: '{twins.Key}' is already the name of another board; give the bench another 'name'");
        }
    }

    /// <summary>Reads, or fails with all problems.</summary>
    /// <exception cref="AgentException">There are some (<c>CONFIG_INVALID</c>).</exception>
    public static AgentConfiguration ReadOrThrow(AgentOptions options)
    {
        var configuration = Read(options, out var problems);
        return problems.Count == 0
            ? configuration
            : throw new AgentException(
                "CONFIG_INVALID",
                $"The configuration has {problems.Count} {(problems.Count == 1 ? "problem" : "problems")}:\n  {string.Join("\n  ", problems)}\n"
                + "Correct them; farm-agent --check-config reads it again.");
    }
}
