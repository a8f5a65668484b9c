using System.Text.RegularExpressions;
using FarmAgent.Api.Errors;
using FarmAgent.TestKit;

namespace FarmAgent.Api.Tests.Errors;

/// <summary>Every reason that the agent can give has its exit code by decision, not by the status code that its call happens to have.</summary>
public sealed partial class ExitCodeTableTests
{
    // These end farm-agent before it listens, with exit codes of its own; no call carries them.
    private static readonly string[] OfStartingOnly = ["BOARDS_INVALID", "BOOT_CLOCK_UNREADABLE", "SOCKET_IN_USE", "SOCKET_UNUSABLE"];

    [Fact]
    public void Knows_EveryReasonInTheSources_HasAnEntry()
    {
        var reasons = ReasonsInSources();

        Assert.True(reasons.Count > 60, $"only {reasons.Count} reasons were found: does the pattern still fit the code?");
        Assert.Empty(reasons.Where(reason => !ExitCodes.Knows(reason)).Except(OfStartingOnly, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("LEASE_TTL_INVALID", Grpc.Core.StatusCode.InvalidArgument, ExitCodes.BadInput)]
    [InlineData("LEASE_REQUEST_INVALID", Grpc.Core.StatusCode.InvalidArgument, ExitCodes.BadInput)]
    [InlineData("LEASE_REQUIRED", Grpc.Core.StatusCode.InvalidArgument, ExitCodes.BadInput)]
    [InlineData("LEASE_NOT_KEPT", Grpc.Core.StatusCode.FailedPrecondition, ExitCodes.BenchError)]
    [InlineData("BOARD_RUN_IN_PROGRESS", Grpc.Core.StatusCode.FailedPrecondition, ExitCodes.LeaseLost)]
    [InlineData("FLASH_IN_PROGRESS", Grpc.Core.StatusCode.FailedPrecondition, ExitCodes.LeaseLost)]
    [InlineData("DUT_REFUSED_DATA", Grpc.Core.StatusCode.FailedPrecondition, ExitCodes.TestFailed)]
    [InlineData("DUT_HALTED", Grpc.Core.StatusCode.FailedPrecondition, ExitCodes.BenchError)]
    [InlineData("CHIP_MISMATCH", Grpc.Core.StatusCode.FailedPrecondition, ExitCodes.BenchError)]
    public void Of_ReasonThatLooksLikeAnother_HasItsOwnCode(string reason, Grpc.Core.StatusCode status, int exitCode) =>
        Assert.Equal(exitCode, ExitCodes.Of(reason, status));

    private static HashSet<string> ReasonsInSources() => Directory
        .EnumerateFiles(RepositoryFiles.At("src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)

            // The command's own usage errors end with 2 whatever their name; the Robot engine has no reasons.
            && !file.Contains("/FarmAgent.Cli/", StringComparison.Ordinal)
            && !file.Contains("/FarmAgent.Robot/", StringComparison.Ordinal))
        .SelectMany(file => Reason().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups["reason"].Value)
        .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("""(Exception\(|\(Verdict\.\w+,)\s*"(?<reason>[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)"[,)]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Reason();
}
