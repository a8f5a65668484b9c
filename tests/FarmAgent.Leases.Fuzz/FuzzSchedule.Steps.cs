using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Leases;

namespace FarmAgent.Leases.Fuzz;

/// <content>What may happen next.</content>
internal sealed partial class FuzzSchedule
{
    private async Task StepAsync()
    {
        var client = _clients[_random.Next(_clients.Count)];
        switch (_random.Next(34))
        {
            case < 5:
                await AskAsync(client);
                break;
            case < 12:
                var able = _clients.Where(c => c.Lease is not null || c.Kept.Count + c.Operations.Count > 0).ToList();
                await (able.Count > 0 ? TouchAsync(able[_random.Next(able.Count)]) : AskAsync(client));
                break;
            case < 14 when client is { IsCutOff: false, Lease: { } lease }:
                Say($"{client.Name} renews");
                _manager.Renew(lease.Id, ttl: null);
                break;
            case 14 when client is { IsCutOff: false, Lease: { } lease }:
                Say($"{client.Name} releases");
                client.Lease = null;
                await NotForeverAsync(_manager.ReleaseAsync(lease.Id, CancellationToken.None));
                break;
            case 15 when client is { IsCutOff: false, Lease: { } lease }:
                Say($"{client.Name} begins an operation");
                client.Operations.Add(_manager.BeginOperation(lease.Id, lease.Board, "flash"));
                break;
            case 16 or 17 when client.Operations.Count > 0:
                Say($"an operation of {client.Name} ends");
                client.Operations[0].Dispose();
                client.Operations.RemoveAt(0);
                break;
            case 18:
                client.IsCutOff = !client.IsCutOff;
                Say($"{client.Name} {(client.IsCutOff ? "is cut off" : "is back")}");
                if (client.IsCutOff)
                {
                    await client.Gone.CancelAsync();
                }

                break;
            case 19 when client.Asking is not null:
                Say($"{client.Name} leaves the line");
                await client.Gone.CancelAsync();
                break;
            case 20 when client.Lease is { } lease:
                Say($"an administrator takes the lease of {client.Name}");
                await NotForeverAsync(_manager.RevokeAsync(lease.Id, "root", CancellationToken.None));
                break;
            case 21 when client is { IsCutOff: false, Lease: { } lease }:
                await TransferAsync(client, lease, _clients[_random.Next(_clients.Count)]);
                break;
            case 22 when client is { IsCutOff: false, Lease: { } lease }:
                Say($"{client.Name} keeps the board");
                _manager.Keep(lease.Id);
                break;
            case 23:
                await CrashAsync(reboots: _random.Next(3) == 0);
                break;
            case 24 or 25:
                Trouble();
                break;
            case 26:
                Say("clocks jump");
                _clocks.WallOffset += TimeSpan.FromHours(_random.Next(-100_000, 100_000));
                _clocks.Slept += TimeSpan.FromSeconds(_random.Next(3) == 0 ? _random.Next(400) : 0);
                break;
            default:
                var seconds = _random.Next(4) == 0 ? _random.Next(400) : _random.Next(20);
                Say($"{seconds} s pass");
                _time.Advance(TimeSpan.FromSeconds(seconds));
                break;
        }

        await Task.Yield();
    }

    private async Task AskAsync(FuzzClient client)
    {
        if (client.IsCutOff || client.Asking is not null)
        {
            return;
        }

        var names = _boards.Keys.ToList();
        var request = new LeaseRequest
        {
            Board = _random.Next(3) == 0 ? null : names[_random.Next(names.Count)],
            Owner = client.Name,
            Identity = client.Name,
            Ttl = TimeSpan.FromSeconds(_random.Next(5, 300)),
            Wait = TimeSpan.FromSeconds(_random.Next(2) == 0 ? 0 : _random.Next(600)),
            RequestId = _random.Next(4) == 0 ? $"r{_random.Next(3)}" : "",
            ExtendUpTo = TimeSpan.FromSeconds(_random.Next(2) * 120),
            Takeover = _random.Next(3) == 0,
            IsFirm = _random.Next(6) == 0,
        };
        Say($"{client.Name} asks for {request.Board ?? "any"}{(request.Takeover ? " by takeover" : "")}");
        Totals.Count("requests");
        client.Gone.Dispose();
        client.Gone = new CancellationTokenSource();
        client.Asking = _manager.AcquireAsync(request, null, client.Gone.Token);
        await Task.Yield();
    }

    private async Task TouchAsync(FuzzClient client)
    {
        // A right of now, one of long ago, or that of an operation.
        if (client is { IsCutOff: false, Lease: { } lease } && _random.Next(2) == 0)
        {
            client.Kept.Add((_manager.Authorize(lease.Id, lease.Board), lease.Id, lease.Board));
        }

        if (client.Operations.Count > 0 && _random.Next(2) == 0)
        {
            var operation = client.Operations[_random.Next(client.Operations.Count)];
            await TouchAsync(client, operation.Token, operation.Lease.Id, operation.Lease.Board);
        }
        else if (client.Kept.Count > 0)
        {
            var (token, id, board) = client.Kept[_random.Next(client.Kept.Count)];
            await TouchAsync(client, token, id, board);
        }
    }

    private async Task TouchAsync(FuzzClient client, LeaseToken token, string lease, string board)
    {
        bool reached;
        if (_executors.TryGetValue(board, out var executor))
        {
            reached = await executor.RunAsync(
                token, "touch", _ => Reach(board, token, lease, client.Name), Patience, CancellationToken.None);
        }
        else
        {
            reached = _boards[board].Touch(token, lease, client.Name);
        }

        Say($"{client.Name} touches {board} with fence {token.Value}: {(reached ? "reached" : "fenced off")}");
        Totals.Count(reached ? "touches" : "touches fenced off");
    }

    // The executor has checked; the safe state here runs on no executor, so what comes between is judged by the fence once more.
    private bool Reach(string board, LeaseToken token, string lease, string identity) => _boards[board].Touch(token, lease, identity);

    private async Task TransferAsync(FuzzClient client, Lease lease, FuzzClient other)
    {
        Say($"{client.Name} gives its lease to {other.Name}");
        var moving = _manager.TransferAsync(lease.Id, other.Name, "", CancellationToken.None);
        await NotForeverAsync(moving);
        if (moving.IsCompletedSuccessfully && other != client)
        {
            (client.Lease, other.Lease) = (null, moving.Result);
        }
    }

    private void Trouble()
    {
        switch (_random.Next(6))
        {
            case 0:
                _disk.Fails = !_disk.Fails;
                Say($"the disk {(_disk.Fails ? "fails" : "works")}");
                break;
            case 1:
                _disk.Holds = !_disk.Holds;
                Say($"the disk is {(_disk.Holds ? "slow" : "fast")}");
                _disk.Go(all: !_disk.Holds, crashed: false);
                break;
            case 2:
                _disk.Go(all: false, crashed: false);
                break;
            case 3:
                _hooks.SettleFails = !_hooks.SettleFails;
                Say($"the safe state {(_hooks.SettleFails ? "fails" : "works")}");
                break;
            case 4:
                _hooks.SettleHangs = !_hooks.SettleHangs;
                Say($"the safe state {(_hooks.SettleHangs ? "hangs" : "goes on")}");
                _hooks.Go();
                break;
            default:
                _hooks.PrepareFails = !_hooks.PrepareFails;
                Say($"what runs before a lease {(_hooks.PrepareFails ? "fails" : "works")}");
                break;
        }
    }

    // A slow disk or safe state ends only in a later step; whoever waits for it goes on without.
    private static async Task NotForeverAsync(Task task)
    {
        for (var i = 0; i < 20 && !task.IsCompleted; i++)
        {
            await Task.Yield();
        }

        if (task.IsCompleted)
        {
            await task;
        }
        else
        {
            _ = task.ContinueWith(t => _ = t.Exception, TaskScheduler.Default);
        }
    }
}
