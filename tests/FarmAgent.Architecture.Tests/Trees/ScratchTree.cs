namespace FarmAgent.Architecture.Tests.Trees;

/// <summary>A made-up checkout in a temporary folder.</summary>
internal sealed class ScratchTree : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("architecture-");

    public SourceTree Tree => new(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    public ScratchTree With(string path, string text)
    {
        var full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    public ScratchTree WithProject(string path, params string[] references)
    {
        var lines = references.Select(reference => reference.EndsWith(".csproj", StringComparison.Ordinal)
            ? $"<ProjectReference Include=\"{reference}\" />"
            : $"<PackageReference Include=\"{reference}\" />");
        return With(path, $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{string.Concat(lines)}</ItemGroup></Project>");
    }
}
