namespace FarmAgent.Hardware.Linux.Native;

/// <summary>What to do when a device node may not be opened: the group that owns it decides.</summary>
internal static class PermissionHint
{
    /// <summary>The node, the user and the command that mends it.</summary>
    /// <param name="node">Path of the node.</param>
    /// <param name="usualGroup">Group that usually owns such nodes, where the node's own cannot be told.</param>
    public static string For(string node, string usualGroup) => For(node, usualGroup, Environment.UserName, NodeStatus.Of(node));

    /// <summary>The same for a user and a node that are known already.</summary>
    internal static string For(string node, string usualGroup, string user, NodeStatus? status)
    {
        var refusal = $"User '{user}' may not open {node}. ";

        // Membership in a group helps only where the node is the group's: without a udev rule it is root's alone.
        return status is { GroupMayWrite: true } and not { Group: "root" }
            ? refusal + $"Give it the group: sudo usermod -aG {status.Group} {user}, and start the agent again."
            : refusal + $"The node is {(status is null ? "not to be looked at" : "root's alone")}. Install FarmAgent's udev rules (60-farm-agent.rules), or once until the next reboot: "
                + $"sudo chgrp {usualGroup} {node} && sudo chmod g+rw {node} && sudo usermod -aG {usualGroup} {user}, and start the agent again.";
    }
}
