namespace FarmAgent.TestKit.Processes;

/// <summary>A farm-agent and the farmctl that goes with it.</summary>
/// <param name="Agent">Program to start for the agent: itself, or an emulator.</param>
/// <param name="AgentPrefix">Arguments before the agent's own, for an emulator.</param>
/// <param name="Farmctl">The command.</param>
public sealed record ProgramPair(string Agent, IReadOnlyList<string> AgentPrefix, string Farmctl)
{
    /// <summary>What <c>./build.sh build</c> made: runs on the .NET runtime.</summary>
    public static ProgramPair Developer { get; } = new(
        RepositoryFiles.At("artifacts/bin/FarmAgent.Agent/debug/farm-agent"),
        [],
        RepositoryFiles.At("artifacts/bin/FarmAgent.Cli/debug/farmctl"));

    /// <summary>What <c>./build.sh publish</c> made for this machine; skips (in CI fails) where it is not there.</summary>
    public static ProgramPair Native() => new(
        RequiredTool.Built("artifacts/dist/linux-x64/farm-agent", "./build.sh publish linux-x64"),
        [],
        RequiredTool.Built("artifacts/dist/linux-x64/farmctl", "./build.sh publish linux-x64"));

    /// <summary>The arm64 agent under emulation, asked by the x64 command.</summary>
    public static ProgramPair Arm64AgentUnderEmulation() => new(
        RequiredTool.Find("qemu-aarch64-static", "qemu-user-static"),
        [
            "-L", "/usr/aarch64-linux-gnu",

            // The agent takes digests and random numbers from OpenSSL, which an arm64 board has and this machine has not.
            "-E", "LD_LIBRARY_PATH=" + Path.GetDirectoryName(RequiredTool.Built("artifacts/arm64-root/usr/lib/aarch64-linux-gnu/libssl.so.3", ".ci/arm64-libraries")),
            RequiredTool.Built("artifacts/dist/linux-arm64/farm-agent", "./build.sh publish linux-arm64"),
        ],
        RequiredTool.Built("artifacts/dist/linux-x64/farmctl", "./build.sh publish linux-x64"));
}
