using YamlDotNet.Core;

namespace FarmAgent.Boards.Inventory.Yaml;

/// <summary>Collects the problems of one file, with their places.</summary>
internal sealed class ProblemLog(string file)
{
    private readonly List<InventoryProblem> _problems = [];

    public IReadOnlyList<InventoryProblem> Problems => _problems;

    public void Add(Mark place, string key, string message) =>
        _problems.Add(new InventoryProblem(file, checked((int)place.Line), checked((int)place.Column), key, message));

    public void AddWhole(string message) => _problems.Add(new InventoryProblem(file, 0, 0, "", message));
}
