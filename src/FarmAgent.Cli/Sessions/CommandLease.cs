using FarmAgent.Api.Leases;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Cli.Sessions;

/// <summary>The lease of one command: borrowed from the caller, or taken here and given back at the end.</summary>
internal sealed class CommandLease : IAsyncDisposable
{
    // Renewed at a third of it; short, so that a killed command does not hold the board for long.
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);

    private readonly LeaseHandle? _handle;

    private CommandLease(string board, string name, LeaseHandle? handle)
    {
        Board = board;
        Name = name;
        _handle = handle;
    }

    public string Board { get; }

    public string Name { get; }

    /// <summary>The lease as granted; null for one that the caller held already.</summary>
    public Lease? Granted => _handle?.Lease;

    /// <summary>Signalled when the agent says that the lease is gone.</summary>
    public CancellationToken Lost => _handle?.Lost ?? CancellationToken.None;

    public static CommandLease Held(string board, string name) => new(board, name, handle: null);

    public static async Task<CommandLease> TakeAsync(
        CommandContext context, Board board, string? owner, string purpose, TimeSpan wait, CancellationToken cancellationToken)
    {
        var request = new AcquireLeaseRequest
        {
            Board = board.Name,
            Owner = owner ?? "",
            Purpose = purpose,
            Ttl = Duration.FromTimeSpan(TimeToLive),
            Wait = Duration.FromTimeSpan(wait),
            RequestId = Guid.NewGuid().ToString("N"),
        };
        var handle = await LeaseHandle.AcquireAsync(
            context.Client,
            request,
            waiter => context.Output.Note($"{BoardNames.ToShort(board.Name)}: {LeaseText.Of(waiter)}"),
            time: null,
            cancellationToken);
        handle.TellTakeovers(takeover => context.Output.Note($"{BoardNames.ToShort(board.Name)}: {LeaseText.Of(takeover)} {handle.Name}"));
        return new CommandLease(board.Name, handle.Name, handle);
    }

    public ValueTask DisposeAsync() => _handle?.DisposeAsync() ?? ValueTask.CompletedTask;
}
