using FarmAgent.Hardware.Linux.Native;

namespace FarmAgent.Hardware.Linux.Tests.Native;

public sealed class PermissionHintTests
{
    [Fact]
    public void For_NodeOfAGroup_GivesTheUserThatGroup() => Assert.Contains(
        "sudo usermod -aG i2c tester,", PermissionHint.For("/dev/i2c-0", "usual", "tester", new NodeStatus("i2c", GroupMayWrite: true, 1)), StringComparison.Ordinal);

    [Theory]
    [InlineData("root", true)]
    [InlineData("i2c", false)]
    public void For_NodeThatNoGroupMayOpen_GivesItAGroupFirst(string group, bool groupMayWrite) => Assert.Contains(
        "sudo chgrp i2c /dev/i2c-0 && sudo chmod g+rw /dev/i2c-0 && sudo usermod -aG i2c tester,",
        PermissionHint.For("/dev/i2c-0", "i2c", "tester", new NodeStatus(group, groupMayWrite, 1)),
        StringComparison.Ordinal);

    [Fact]
    public void Of_NodeThatIsThere_KnowsItsNumber() =>
        Assert.Equal(NodeStatus.InodeOf("/dev/null"), Assert.IsType<NodeStatus>(NodeStatus.Of("/dev/null")).Inode);

    [Fact]
    public void InodeOf_Nothing_IsNull() => Assert.Null(NodeStatus.InodeOf("/dev/there-is-none"));
}
