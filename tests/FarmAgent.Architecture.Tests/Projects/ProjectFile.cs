using System.Xml.Linq;
using FarmAgent.Architecture.Tests.Trees;

namespace FarmAgent.Architecture.Tests.Projects;

/// <summary>What a project file refers to.</summary>
internal sealed record ProjectFile(string Path, string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static ProjectFile Read(SourceTree tree, string path)
    {
        var document = XDocument.Parse(tree.Text(path));
        return new ProjectFile(
            path,
            NameOf(path),
            [.. Includes(document, "ProjectReference").Select(NameOf)],
            [.. Includes(document, "PackageReference")]);
    }

    public static IEnumerable<ProjectFile> ReadAll(SourceTree tree, string folder) =>
        tree.Files(folder, ".csproj").Select(path => Read(tree, path));

    private static IEnumerable<string> Includes(XDocument document, string element) =>
        document.Descendants(element).Select(item => item.Attribute("Include")?.Value).OfType<string>();

    private static string NameOf(string path)
    {
        var file = path.Replace('\\', '/').Split('/')[^1];
        return file[..^".csproj".Length];
    }
}
