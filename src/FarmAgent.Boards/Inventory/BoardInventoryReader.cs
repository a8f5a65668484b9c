using FarmAgent.Boards.Inventory.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FarmAgent.Boards.Inventory;

/// <summary>Reads board files (<c>boards.d/*.yaml</c>). Every problem of every file is found in one pass.</summary>
public static class BoardInventoryReader
{
    /// <summary>Reads all <c>*.yaml</c> and <c>*.yml</c> files of a folder, in the order of their names; <c>*.bench.yaml</c> are bench files, which boards name.</summary>
    /// <param name="folder">The folder; one that is absent is a problem, an empty one is not.</param>
    public static InventoryReadResult ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return new InventoryReadResult([], [new InventoryProblem(folder, 0, 0, "", "there is no such folder; create it, or name another with --boards.")]);
        }

        return ReadFiles([.. Directory.EnumerateFiles(folder)
            .Where(f => Path.GetExtension(f) is ".yaml" or ".yml" && !f.EndsWith(".bench.yaml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)]);
    }

    /// <summary>Reads the given files.</summary>
    /// <param name="files">Paths.</param>
    public static InventoryReadResult ReadFiles(IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var boards = new List<PlacedBoard>();
        var problems = new List<InventoryProblem>();
        foreach (var file in files)
        {
            Read(file, boards, problems);
        }

        problems.AddRange(InventoryRules.Check(boards));
        return new InventoryReadResult([.. boards.Select(b => b.Board)], problems);
    }

    private static void Read(string file, List<PlacedBoard> boards, List<InventoryProblem> problems)
    {
        var log = new ProblemLog(file);
        try
        {
            using var text = File.OpenText(file);
            var stream = new YamlStream();
            stream.Load(text);
            ReadDocuments(file, stream, log, boards);
        }
        catch (YamlException e)
        {
            log.Add(e.Start, "", $"is not YAML: {e.Message}");
        }
        catch (IOException e)
        {
            log.AddWhole($"cannot be read: {e.Message}");
        }
        catch (UnauthorizedAccessException e)
        {
            log.AddWhole($"cannot be read: {e.Message} Give the agent's user read permission.");
        }

        problems.AddRange(log.Problems);
    }

    private static void ReadDocuments(string file, YamlStream stream, ProblemLog log, List<PlacedBoard> boards)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        foreach (var document in stream.Documents)
        {
            if (document.RootNode is not YamlMappingNode root)
            {
                log.Add(document.RootNode.Start, "", "a board file starts with 'boards:'.");
                continue;
            }

            var top = new YamlSection(root, "", log);
            if (!top.Has("boards"))
            {
                log.Add(root.Start, "boards", "is missing: a board file lists its boards under it.");
            }

            foreach (var section in top.Sections("boards"))
            {
                boards.Add(new PlacedBoard(
                    BoardSectionReader.Read(section, folder), file, section.PathOf("name"), (int)section.Start.Line, (int)section.Start.Column));
            }

            top.RefuseUnknownKeys();
        }
    }
}
