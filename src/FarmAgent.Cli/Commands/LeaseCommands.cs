using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl lease …</c>: hold a board for longer than one command.</summary>
internal static class LeaseCommands
{
    private static readonly Option<string> Ttl = new("--ttl")
    {
        Description = "Time to live; renew before it passes",
        HelpName = "DURATION",
        DefaultValueFactory = _ => "10m",
    };

    private static readonly Option<string?> NewTtl = new("--ttl") { Description = "New time to live (default: the old one)", HelpName = "DURATION" };

    private static readonly Option<string?> Purpose = new("--purpose") { Description = "What for, shown to others", HelpName = "TEXT" };

    private static readonly Option<string?> RequestId = new("--request-id")
    {
        Description = "The same id gives the same lease again",
        HelpName = "ID",
    };

    private static readonly Option<string?> ExtendUpTo = new("--extend-up-to")
    {
        Description = "How far using the board may move the end; 0s for not at all (default: the agent's limit)",
        HelpName = "DURATION",
    };

    private static readonly Option<bool> Takeover = new("--takeover")
    {
        Description = "Ask the holder to give the board up; unless he keeps it, his lease ends after a grace",
    };

    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, for its owner to read", HelpName = "TEXT" };

    private static readonly Option<string> To = new("--to") { Description = "Identity of the new owner, as farmctl agent info shows it to them", HelpName = "IDENTITY", Required = true };

    private static readonly Argument<string> Name = new("LEASE") { Description = "Name of the lease, leases/… or its last part" };

    public static Command Create() => Verb.Group("lease", "Hold boards",
        Verb.Make("acquire", "Take the board; prints the lease's name", [Ttl, Purpose, ExtendUpTo, Takeover, RequestId], AcquireAsync),
        Verb.Make("renew", "Start the time to live again", [Name, NewTtl], RenewAsync),
        Verb.Make("release", "Give the board back", [Name], ReleaseAsync),
        Verb.Make("keep", "Keep the board although somebody asks for it", [Name], KeepAsync),
        Verb.Make("revoke", "Take a lease away from its owner (administrators)", [Name, Reason], RevokeAsync),
        Verb.Make("transfer", "Give a lease to another owner", [Name, To], TransferAsync),
        Verb.Make("watch", "Follow a lease until it ends", [Name], WatchAsync),
        Verb.Make("list", "Leases in force and who waits", [], ListAsync));

    private static async Task<int> AcquireAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var request = new AcquireLeaseRequest
        {
            Board = board.Name,
            Owner = context.Get(GlobalOptions.Owner) ?? "",
            Purpose = context.Get(Purpose) ?? "",
            Ttl = Duration.FromTimeSpan(DurationText.Parse(context.Get(Ttl)!)),
            Wait = Duration.FromTimeSpan(context.WaitLimit()),
            RequestId = context.Get(RequestId) ?? "",
            Takeover = context.Get(Takeover),
        };
        if (context.Get(ExtendUpTo) is { } extension)
        {
            request.ExtendUpTo = Duration.FromTimeSpan(DurationText.Parse(extension));
        }

        // Not a LeaseHandle: this lease is to live on when the command has ended.
        using var call = context.Client.Leases.AcquireLease(request, cancellationToken: cancellationToken);
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (answer.Waiting is { } waiter)
            {
                context.Output.Note($"{BoardNames.ToShort(board.Name)}: {LeaseText.Of(waiter)}");
            }

            if (answer.Lease is { } lease)
            {
                context.Output.Note($"{BoardNames.ToShort(lease.Board)} is yours until {Until(lease)} (fence {lease.Fence}). export FARM_LEASE={lease.Name}");
                context.Output.Result(lease, writer => writer.WriteLine(lease.Name));
                return ExitCodes.Ok;
            }
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "the agent ended the line without a lease"));
    }

    private static async Task<int> RenewAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new RenewLeaseRequest { Name = Full(context.Need(Name)) };
        if (context.Get(NewTtl) is { } ttl)
        {
            request.Ttl = Duration.FromTimeSpan(DurationText.Parse(ttl));
        }

        var answer = await context.Client.Leases.RenewLeaseAsync(request, cancellationToken: cancellationToken);
        context.Output.Result(answer.Lease, writer => writer.WriteLine($"{BoardNames.ToShort(answer.Lease.Board)} is yours until {Until(answer.Lease)}"));
        return ExitCodes.Ok;
    }

    private static async Task<int> ReleaseAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Leases.ReleaseLeaseAsync(
            new ReleaseLeaseRequest { Name = Full(context.Need(Name)) }, cancellationToken: cancellationToken);
        context.Output.Result(answer.Lease, writer => writer.WriteLine($"{BoardNames.ToShort(answer.Lease.Board)} {WireNames.Of(answer.Lease.State)}"));
        return ExitCodes.Ok;
    }

    private static async Task<int> KeepAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Leases.KeepLeaseAsync(new KeepLeaseRequest { Name = Full(context.Need(Name)) }, cancellationToken: cancellationToken);
        context.Output.Result(answer.Lease, writer => writer.WriteLine($"{BoardNames.ToShort(answer.Lease.Board)} stays yours until {Until(answer.Lease)}"));
        return ExitCodes.Ok;
    }

    private static async Task<int> RevokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Leases.RevokeLeaseAsync(
            new RevokeLeaseRequest { Name = Full(context.Need(Name)), Reason = context.Get(Reason) ?? "" }, cancellationToken: cancellationToken);
        context.Output.Result(answer.Lease, writer => writer.WriteLine($"{BoardNames.ToShort(answer.Lease.Board)} {WireNames.Of(answer.Lease.State)}: {answer.Lease.EndReason}"));
        return ExitCodes.Ok;
    }

    private static async Task<int> TransferAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new TransferLeaseRequest { Name = Full(context.Need(Name)), Identity = context.Get(To)!, Owner = context.Get(GlobalOptions.Owner) ?? "" };
        var answer = await context.Client.Leases.TransferLeaseAsync(request, cancellationToken: cancellationToken);
        context.Output.Result(answer.Lease, writer => writer.WriteLine($"{BoardNames.ToShort(answer.Lease.Board)} is {answer.Lease.Owner}'s until {Until(answer.Lease)} (fence {answer.Lease.Fence})"));
        return ExitCodes.Ok;
    }

    private static async Task<int> WatchAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var call = context.Client.Leases.WatchLease(new WatchLeaseRequest { Name = Full(context.Need(Name)) }, cancellationToken: cancellationToken);
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            context.Output.Result(answer, writer => writer.WriteLine(LeaseText.Of(answer)));
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Leases.ListLeasesAsync(new ListLeasesRequest(), cancellationToken: cancellationToken);
        context.Output.Result(answer, writer =>
        {
            var table = new TextTable("LEASE", "BOARD", "OWNER", "PURPOSE", "UNTIL", "FENCE");
            foreach (var lease in answer.Leases)
            {
                table.Row(lease.Name, BoardNames.ToShort(lease.Board), lease.Owner, lease.Purpose, Until(lease), $"{lease.Fence}");
            }

            foreach (var waiter in answer.Waiters)
            {
                table.Row($"waits, place {waiter.Position}", BoardNames.ToShort(waiter.Board), waiter.Owner, waiter.Purpose, LeaseText.In(waiter.Estimate), "");
            }

            table.WriteTo(writer);
            foreach (var asked in answer.Leases.Where(l => l.Takeover is not null))
            {
                writer.WriteLine($"{BoardNames.ToShort(asked.Board)}: {LeaseText.Of(asked.Takeover)}");
            }
        });
        return ExitCodes.Ok;
    }

    private static string Until(Lease lease) => LeaseText.Clock(lease.ExpireTime);

    private static string Full(string name) => name.StartsWith("leases/", StringComparison.Ordinal) ? name : "leases/" + name;
}
