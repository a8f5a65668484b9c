namespace FarmAgent.Hardware.Linux.Native;

/// <summary>What to do when a device node may not be opened: the group that owns it decides.</summary>
internal static class PermissionHint
{
    /// <summary>The node, the user and the command that mends it.</summary>
    /// <param name="node">Path of the node.</param>
    /// <param name="usualGroup">Group that usually owns such nodes, where the node's own cannot be told.</param>
    public static string For(string node, string usualGroup)
    {
        var user = Environment.UserName;
        var group = FileGroup.NameOf(node) is { } owner and not "root" ? owner : usualGroup;
        return $"User '{user}' may not open {node}. Give it the group: sudo usermod -aG {group} {user}, and start the agent again.";
    }
}
