using FarmAgent.Agent.Audits;
using FarmAgent.Agent.Mapping;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>The audit, to read and to check.</summary>
internal sealed class AuditGrpcService(AuditLog audit) : Wire.AuditService.AuditServiceBase
{
    private const int DefaultPage = 50;
    private const int LargestPage = 1_000;

    public override Task<Wire.ListAuditRecordsResponse> ListAuditRecords(Wire.ListAuditRecordsRequest request, ServerCallContext context)
    {
        audit.Flush();
        var most = request.PageSize <= 0 ? DefaultPage : Math.Min(request.PageSize, LargestPage);
        var board = request.Board.Length == 0 ? "" : ResourceNames.BoardOf(request.Board);
        var response = new Wire.ListAuditRecordsResponse();
        foreach (var file in AuditFolder.List(audit.Folder).Reverse())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var found = AuditFolder.LinesOf(file)
                .Select(l => AuditLine.TryRead(l.Line, out var record) ? record : default)
                .Where(r => r.Entry is not null
                    && (request.BeforeSequence == 0 || r.Sequence < request.BeforeSequence)
                    && (board.Length == 0 || r.Entry.Board == board)
                    && (request.Kind.Length == 0 || r.Entry.Kind == request.Kind)
                    && (request.Who.Length == 0 || r.Entry.Who == request.Who))
                .TakeLast(most - response.Records.Count)
                .Reverse();
            response.Records.Add(found.Select(ToWire));
            if (response.Records.Count >= most)
            {
                break;
            }
        }

        return Task.FromResult(response);
    }

    public override async Task<Wire.VerifyAuditResponse> VerifyAudit(Wire.VerifyAuditRequest request, ServerCallContext context)
    {
        audit.Flush();
        var found = await Task.Run(() => AuditVerifier.Verify(audit.Folder, request.Head.Length == 0 ? null : request.Head), context.CancellationToken);
        var response = new Wire.VerifyAuditResponse
        {
            Records = found.Records,
            FirstSequence = found.First,
            LastSequence = found.Last,
            Head = found.Head,
            HeadFound = found.HasHead,
        };
        response.Problems.Add(found.Problems);
        return response;
    }

    private static Wire.AuditRecord ToWire(AuditRecord record) => new()
    {
        Sequence = record.Sequence,
        Time = record.Entry.Time.ToTimestamp(),
        Kind = record.Entry.Kind,
        Who = record.Entry.Who,
        What = record.Entry.What,
        Board = record.Entry.Board.Length == 0 ? "" : ResourceNames.OfBoard(record.Entry.Board),
        Lease = record.Entry.Lease.Length == 0 ? "" : ResourceNames.OfLease(record.Entry.Lease),
        Target = record.Entry.Target,
        Outcome = record.Entry.Outcome,
        Note = record.Entry.Note,
        Count = record.Entry.Count,
        Failed = record.Entry.Failed,
        Hash = record.Hash,
    };
}
