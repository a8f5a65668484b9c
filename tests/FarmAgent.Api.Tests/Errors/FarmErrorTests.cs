using FarmAgent.Api.Connections;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace FarmAgent.Api.Tests.Errors;

public sealed class FarmErrorTests
{
    [Fact]
    public void From_StatusWithErrorInfo_HasReasonMessageAndFacts()
    {
        var info = new ErrorInfo { Reason = "LEASE_HELD", Domain = FarmError.Domain, Metadata = { ["owner"] = "ci/job-4711" } };
        var status = new Google.Rpc.Status { Code = (int)Code.FailedPrecondition, Message = "b2 is leased", Details = { Any.Pack(info) } };

        var error = FarmError.From(status.ToRpcException());

        Assert.Equal("LEASE_HELD", error.Reason);
        Assert.Equal("b2 is leased", error.Message);
        Assert.Equal("ci/job-4711", error.Metadata["owner"]);
        Assert.Equal(ExitCodes.LeaseLost, error.ExitCode);
    }

    [Fact]
    public async Task From_CallToMissingSocket_SaysWhichSocketAndExitsWithUnreachable()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.True(AgentAddress.TryParse("unix:" + path, out var address));
        using var client = new FarmClient(new FarmClientOptions { Address = address });

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await client.Inventory.GetAgentAsync(new GetAgentRequest()));
        var error = FarmError.From(thrown);

        Assert.Equal("AGENT_UNREACHABLE", error.Reason);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("no such socket", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.AgentUnreachable, error.ExitCode);
    }

    [Fact]
    public void From_StatusWithoutDetails_HasTheStatusNameAsReason()
    {
        var error = FarmError.From(new RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.PermissionDenied, "no")));

        Assert.Equal("PERMISSION_DENIED", error.Reason);
        Assert.Equal(ExitCodes.NotAuthorised, error.ExitCode);
    }

    [Theory]
    [InlineData("LEASE_HELD", Grpc.Core.StatusCode.FailedPrecondition, 4)]
    [InlineData("LEASE_UNKNOWN", Grpc.Core.StatusCode.NotFound, 4)]
    [InlineData("VERIFY_MISMATCH", Grpc.Core.StatusCode.DataLoss, 7)]
    [InlineData("IMAGE_OUTSIDE_FLASH", Grpc.Core.StatusCode.InvalidArgument, 2)]
    [InlineData("PROBE_DISCONNECTED", Grpc.Core.StatusCode.Unavailable, 3)]
    [InlineData("BOARD_NOT_FLASHED", Grpc.Core.StatusCode.FailedPrecondition, 3)]
    [InlineData("BOARD_UNKNOWN", Grpc.Core.StatusCode.NotFound, 2)]
    [InlineData("DUT_SILENT", Grpc.Core.StatusCode.FailedPrecondition, 1)]
    [InlineData("NOT_AUTHORISED", Grpc.Core.StatusCode.PermissionDenied, 5)]
    [InlineData("AGENT_BUG", Grpc.Core.StatusCode.Internal, 3)]
    [InlineData("DEADLINE_EXCEEDED", Grpc.Core.StatusCode.DeadlineExceeded, 124)]
    [InlineData("SOMETHING_NEW", Grpc.Core.StatusCode.PermissionDenied, 5)]
    public void ExitCodesOf_Reason_FollowsTheTable(string reason, Grpc.Core.StatusCode status, int exitCode) =>
        Assert.Equal(exitCode, ExitCodes.Of(reason, status));
}
