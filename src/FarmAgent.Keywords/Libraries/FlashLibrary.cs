using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using FarmAgent.Keywords.Sessions;
using FarmAgent.Keywords.Values;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using Grpc.Core;

namespace FarmAgent.Keywords.Libraries;

/// <summary>Flashing from a suite: success only with a receipt.</summary>
internal sealed class FlashLibrary : IKeywordLibrary
{
    private readonly FarmSession _session;

    public FlashLibrary(FarmSession session)
    {
        _session = session;
        Keywords =
        [
            new("Flash Image", "path", FlashImage) { Documentation = "Flashes an image and returns its receipt as a dictionary.", IsAssertion = true },
        ];
    }

    public string Name => "Flash";

    public IReadOnlyList<KeywordDescriptor> Keywords { get; }

    private object? FlashImage(IKeywordContext context, KeywordArguments arguments)
    {
        var path = HardwareArguments.Show(arguments["path"]);
        if (!Path.IsPathRooted(path) && context.GetVariable("${CURDIR}") is string folder)
        {
            path = Path.Combine(folder, path);
        }

        if (!File.Exists(path))
        {
            throw new KeywordFailedException($"There is no image '{path}'. A suite's images are uploaded with it when they are in its folder.");
        }

        // The library runs on the engine's own thread, which has no synchronisation context to deadlock with.
        var name = Path.GetFileName(path);
        var receipt = FarmCall.Run(
            context, token => FlashAsync(context, path, token).GetAwaiter().GetResult(), error => _session.Trace.Add("flash", name, error.Reason));
        _session.Trace.Add("flash", name, "receipt");
        return new DotDict(
        [
            new("image", receipt.Image["images/".Length..]),
            new("chip", receipt.Chip),
            new("erased_sectors", (long)receipt.Plan.EraseSectors),
            new("programmed_sectors", (long)receipt.Plan.ProgramSectors),
            new("identical_sectors", (long)receipt.Plan.IdenticalSectors),
            new("verified", receipt.VerifyMethod == VerifyMethod.Readback ? "readback" : "crc"),
        ]);
    }

    private async Task<FlashReceipt> FlashAsync(IKeywordContext context, string path, CancellationToken cancellationToken)
    {
        var image = await _session.Client.UploadImageAsync(path, baseAddress: 0, cancellationToken);
        using var call = _session.Client.Flash.Flash(
            new FlashRequest { Board = _session.BoardName, Lease = _session.Lease, Image = image.Name, RequestId = Guid.NewGuid().ToString("N") },
            cancellationToken: cancellationToken);
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            switch (answer.Event.EventCase)
            {
                case OperationEvent.EventOneofCase.Connected:
                    context.Log(answer.Event.Connected);
                    break;
                case OperationEvent.EventOneofCase.Warning:
                    context.Log(answer.Event.Warning, MessageLevel.Warn);
                    break;
                case OperationEvent.EventOneofCase.Receipt:
                    return answer.Event.Receipt;
            }
        }

        throw new KeywordFailedException("The agent ended the flash without a receipt, so nothing is proven.");
    }
}
