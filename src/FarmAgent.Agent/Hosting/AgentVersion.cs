
namespace FarmAgent.Agent.Hosting;

/// <summary>The version of this release.</summary>
internal static class AgentVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(AgentVersion).Assembly.GetName().Version is { } v ? $"{v.Major}.{v.Minor}.{v.Build}" : "0.0.0";
}
