namespace FarmAgent.Boards.Inventory;

/// <summary>A board with the place where it was described.</summary>
internal sealed record PlacedBoard(BoardDescription Board, string File, string Key, int Line, int Column)
{
    public InventoryProblem Problem(string message) => new(File, Line, Column, Key, message);
}

/// <summary>Rules that hold between boards: no two claim the same name or the same device of the host.</summary>
internal static class InventoryRules
{
    public static IEnumerable<InventoryProblem> Check(IReadOnlyList<PlacedBoard> boards)
    {
        var named = boards.Where(b => b.Board.Name.Length > 0).ToList();
        return [.. Names(named), .. Devices(named), .. SharedAddresses(named)];
    }

    private static IEnumerable<InventoryProblem> Names(IEnumerable<PlacedBoard> boards) =>
        boards.GroupBy(b => b.Board.Name, StringComparer.Ordinal).SelectMany(g => g.Skip(1)
            .Select(b => b.Problem($"'{b.Board.Name}' is already the name of the board at {g.First().File}:{g.First().Line}.")));

    private static IEnumerable<InventoryProblem> Devices(IEnumerable<PlacedBoard> boards) =>
        boards.SelectMany(b => Claims(b.Board).Select(claim => (Board: b, Claim: claim)))
            .GroupBy(c => (c.Claim.Bench, c.Claim.Device))
            .SelectMany(g => g.Skip(1)
                .Where(c => c.Board != g.First().Board && (!g.First().Claim.MayShare || !c.Claim.MayShare))
                .Select(c => c.Board.Problem(
                    $"{c.Claim.Device} already belongs to board '{g.First().Board.Board.Name}'."
                    + (c.Claim.IsAdapter ? " Write 'shared: true' on both when both boards hang on it." : ""))));

    private static IEnumerable<InventoryProblem> SharedAddresses(IEnumerable<PlacedBoard> boards) =>
        boards.SelectMany(b => b.Board.I2cAdapters.Where(a => a.Shared)
                .SelectMany(a => a.Devices.Select(d => (Board: b, Adapter: a, Device: d))))
            .GroupBy(x => (Bench(x.Board.Board), x.Adapter.Device, x.Device.Address))
            .SelectMany(g => g.Where(x => x.Board != g.First().Board)
                .Select(x => x.Board.Problem(
                    $"{x.Device.Address} on {x.Adapter.Device} already belongs to board '{g.First().Board.Board.Name}'.")));

    private static IEnumerable<Claim> Claims(BoardDescription board)
    {
        var bench = Bench(board);
        return
        [
            .. board.I2cAdapters.Select(a => new Claim(bench, a.Device, a.Shared, IsAdapter: true)),
            .. board.GpioLines.Select(l => new Claim(bench, $"line {l.HostLine ?? l.Name}", MayShare: false, IsAdapter: false)),
            .. board.Power is { Relay: { } relay } ? [new Claim(bench, $"line {relay}", MayShare: false, IsAdapter: false)] : Array.Empty<Claim>(),
            .. board.Power is { UsbPort: { } port } ? [new Claim(bench, $"USB port {port}", MayShare: false, IsAdapter: false)] : Array.Empty<Claim>(),
            .. board.SerialPorts.Select(p => new Claim(bench, p.Device, MayShare: false, IsAdapter: false)),
            .. board.Probe is { } probe ? [new Claim(bench, $"probe {probe}", MayShare: false, IsAdapter: false)] : Array.Empty<Claim>(),
        ];
    }

    /// <summary>Every virtual board has a bench to itself; all real boards share this host.</summary>
    private static string Bench(BoardDescription board) => board.Backend == BoardBackend.Linux ? "" : board.Name;

    private sealed record Claim(string Bench, string Device, bool MayShare, bool IsAdapter);
}
