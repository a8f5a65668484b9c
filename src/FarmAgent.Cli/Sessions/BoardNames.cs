namespace FarmAgent.Cli.Sessions;

/// <summary>People say <c>b1</c>, the wire says <c>boards/b1</c>.</summary>
internal static class BoardNames
{
    private const string Prefix = "boards/";

    public static string ToResource(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name : Prefix + name;

    public static string ToShort(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
