using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Programming;
using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Operations;

/// <content>What looks at the flash without programming it, and what changes how it is protected.</content>
internal sealed partial class Flasher
{
    /// <summary>Starts a verification, or finds the one with the same request id.</summary>
    public FlashOperation Verify(string identity, Wire.VerifyRequest request)
    {
        var board = ResourceNames.BoardOf(request.Board);
        var operation = book.GetOrAdd(identity, request.RequestId, () => NewOperation(request.Board, "verify", request.RequestId, identity), out var isNew);
        return isNew
            ? Begin(operation, () =>
            {
                var (image, _) = images.Load(request.Image);
                work.Start(
                    operation, ResourceNames.LeaseOf(request.Lease), board, $"verification of {image.Name}",
                    (context, cancelled) => Check(operation, context, image, request.VerifyMethod.FromWire(), cancelled));
            })
            : operation;
    }

    /// <summary>Starts a change of option bytes, or finds the one with the same request id.</summary>
    public FlashOperation SetOptionBytes(string identity, Wire.SetOptionBytesRequest request)
    {
        var board = ResourceNames.BoardOf(request.Board);
        var operation = book.GetOrAdd(identity, request.RequestId, () => NewOperation(request.Board, "option-bytes", request.RequestId, identity), out var isNew);
        return isNew
            ? Begin(operation, () => work.Start(
                operation, ResourceNames.LeaseOf(request.Lease), board, "change of option bytes",
                (context, cancelled) => ChangeOptions(operation, context, request, cancelled)))
            : operation;
    }

    private Func<CancellationToken, Task> Check(
        FlashOperation operation, FlashContext context, FirmwareImage image, VerifyMethod method, CancellationToken cancelled)
    {
        var (sectors, used) = context.NewProgrammer().Check(image, method, new ProgressOf(operation), context.Held.Token.Check, cancelled);
        BootPause.Wait(context.Session, CancellationToken.None);
        return _ =>
        {
            var result = new Wire.VerifyResult { VerifyMethod = used.ToWire() };
            result.Sectors.Add(sectors.Select(FlashMapping.ToWire));
            operation.Verified(result, time.GetUtcNow());
            return Task.CompletedTask;
        };
    }

    private Func<CancellationToken, Task> ChangeOptions(
        FlashOperation operation, FlashContext context, Wire.SetOptionBytesRequest request, CancellationToken cancelled)
    {
        RequireByte(request.Data0, "data0");
        RequireByte(request.Data1, "data1");
        var programmer = context.NewProgrammer();
        var all = context.Target.Geometry.Range;
        var journal = new OperationJournal(operation, context, contents, image: null, [all], time);
        var before = programmer.ReadOptionBytes();
        var found = programmer.ChangeOptionBytes(
            present => Wanted(present, request, programmer), request.AcceptedLoss.FromWire(), journal, context.Held.Token.Check, cancelled);
        AgentLog.OptionBytesChanged(log, context.Session.Name, operation.Identity, operation.Id, before.ToString(), found.ToString());
        return async token =>
        {
            if (before.ReadProtected && !found.ReadProtected)
            {
                await contents.CompleteEraseAsync(context.Session.Name, [all], token);
            }

            operation.OptionsSet(found.ToWire(programmer.ProtectedRanges(found)), time.GetUtcNow());
        };
    }

    private static OptionBytes Wanted(OptionBytes present, Wire.SetOptionBytesRequest request, FlashProgrammer programmer) => present with
    {
        ReadProtected = request.HasReadProtected ? request.ReadProtected : present.ReadProtected,
        HardwareWatchdog = request.HasHardwareWatchdog ? request.HardwareWatchdog : present.HardwareWatchdog,
        ResetOnStop = request.HasResetOnStop ? request.ResetOnStop : present.ResetOnStop,
        ResetOnStandby = request.HasResetOnStandby ? request.ResetOnStandby : present.ResetOnStandby,
        Data0 = request.HasData0 ? (byte)request.Data0 : present.Data0,
        Data1 = request.HasData1 ? (byte)request.Data1 : present.Data1,
        WriteProtection = request.SetWriteProtection
            ? programmer.WriteProtectionOf([.. request.WriteProtected.Select(r => r.FromWire())])
            : present.WriteProtection,
    };

    private static void RequireByte(uint value, string what)
    {
        if (value > byte.MaxValue)
        {
            throw new RequestException("REQUEST_INVALID", $"{what} is {value}, but an option byte holds 0 to 255. Nothing was written.");
        }
    }
}
