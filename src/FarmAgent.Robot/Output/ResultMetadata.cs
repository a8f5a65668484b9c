using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Output;

/// <summary>Metadata in the order of the result files: by name without case, spaces and underscores.</summary>
internal static class ResultMetadata
{
    public static IEnumerable<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> metadata) =>
        metadata.OrderBy(item => NormalizedNames.Normalize(item.Key, "_"), StringComparer.Ordinal);
}
