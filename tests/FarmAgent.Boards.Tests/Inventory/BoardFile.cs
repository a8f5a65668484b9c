using FarmAgent.Boards.Inventory;

namespace FarmAgent.Boards.Tests.Inventory;

/// <summary>Reads board files that exist for the length of a test.</summary>
internal static class BoardFile
{
    /// <summary>Problems as a person sees them, with the file called <c>b.yaml</c>.</summary>
    public static IReadOnlyList<string> ProblemsOf(params string[] files) =>
        [.. Read(files).Problems.Select(p => (p with { File = Path.GetFileName(p.File) }).ToString())];

    public static InventoryReadResult Read(params string[] files)
    {
        var folder = Directory.CreateTempSubdirectory("farm-boards-");
        try
        {
            for (var i = 0; i < files.Length; i++)
            {
                File.WriteAllText(Path.Combine(folder.FullName, files.Length == 1 ? "b.yaml" : $"b{i + 1}.yaml"), files[i]);
            }

            return BoardInventoryReader.ReadFolder(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
