using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Linux;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Agent.Hosting;

/// <summary>What stands behind the boards: a virtual bench for each virtual board, this host for all others.</summary>
internal sealed class Benches : IDisposable
{
    private readonly Dictionary<string, VirtualBench> _virtual = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BenchPace> _paces = new(StringComparer.Ordinal);
    private readonly LinuxBackend _linux = new("farm-agent");
    private readonly bool _builtInRealtime;

    /// <param name="builtInRealtime">Clock of the built-in bench; bench files say their own.</param>
    public Benches(bool builtInRealtime) => _builtInRealtime = builtInRealtime;

    /// <summary>The backend of a board.</summary>
    public IHardwareBackend BackendOf(BoardDescription board)
    {
        if (board.Backend == BoardBackend.Linux)
        {
            return _linux;
        }

        var bench = board.BenchFile is { } file
            ? new VirtualBench(BenchFile.Load(file).Copy(board.BenchCopy))
            : VirtualBench.Seed(_builtInRealtime ? BenchClockMode.Realtime : BenchClockMode.Lockstep);
        _virtual[board.Name] = bench;
        _paces[board.Name] = new BenchPace(bench);
        return bench.OpenBackend();
    }

    /// <summary>The virtual bench behind a board.</summary>
    /// <exception cref="RequestException">Real hardware stands behind it (<c>BENCH_NOT_VIRTUAL</c>).</exception>
    public VirtualBench Get(string board) => _virtual.TryGetValue(board, out var bench)
        ? bench
        : throw new RequestException(
            "BENCH_NOT_VIRTUAL", $"Real hardware stands behind {board}; its clock and its wires are not ours to change. Use a virtual board.").With("board", board);

    /// <summary>
    /// Lets the virtual bench behind a board run to wall time until the result is disposed: a program that waits by the clock on the wall would
    /// wait for ever on a bench that stands still meanwhile. Several may stay at once. Does nothing to real hardware.
    /// </summary>
    public IDisposable? RunRealtime(string board) => _paces.GetValueOrDefault(board)?.RunRealtime();

    /// <summary>Chooses how a virtual board's time passes when nobody needs it to be wall time.</summary>
    /// <exception cref="RequestException">Real hardware stands behind it (<c>BENCH_NOT_VIRTUAL</c>).</exception>
    public void Choose(string board, BenchClockMode mode)
    {
        Get(board);
        _paces[board].Choose(mode);
    }

    public void Dispose()
    {
        foreach (var bench in _virtual.Values)
        {
            bench.Dispose();
        }

        _linux.Dispose();
    }
}
