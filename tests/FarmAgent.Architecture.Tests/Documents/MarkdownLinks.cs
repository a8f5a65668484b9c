using System.Text.RegularExpressions;
using FarmAgent.Architecture.Tests.Trees;

namespace FarmAgent.Architecture.Tests.Documents;

/// <summary>Links of our documents to files of ours lead somewhere, headings included.</summary>
internal static partial class MarkdownLinks
{
    public static IEnumerable<string> Broken(SourceTree tree) => tree.Files(".", ".md").SelectMany(path => BrokenIn(tree, path));

    private static IEnumerable<string> BrokenIn(SourceTree tree, string path)
    {
        foreach (Match match in Link().Matches(WithoutCode(tree.Text(path))))
        {
            var target = match.Groups["target"].Value;
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                continue;
            }

            var parts = target.Split('#', 2);
            var file = parts[0].Length == 0 ? path : Resolve(path, parts[0]);
            if (!tree.Exists(file))
            {
                yield return $"{path}: {target} does not exist.";
            }
            else if (parts.Length == 2 && !Anchors(tree.Text(file)).Contains(parts[1], StringComparer.Ordinal))
            {
                yield return $"{path}: {target}: {file} has no such heading.";
            }
        }
    }

    private static string Resolve(string from, string target) =>
        Path.GetRelativePath("/", Path.Combine("/", Path.GetDirectoryName(from) ?? string.Empty, target)).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>As the usual viewers name a heading: lower case, only letters, digits and hyphens, spaces as hyphens.</summary>
    private static IEnumerable<string> Anchors(string text) =>
        from Match heading in Heading().Matches(WithoutCode(text))
        let title = heading.Groups["title"].Value.Trim().ToLowerInvariant().Replace(' ', '-')
        select string.Concat(title.Where(character => char.IsLetterOrDigit(character) || character is '-' or '_'));

    private static string WithoutCode(string text) => Code().Replace(text, string.Empty);

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<title>.+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```[\s\S]*?^```", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Code();
}
