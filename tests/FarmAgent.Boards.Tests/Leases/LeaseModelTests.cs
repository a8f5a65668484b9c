using CsCheck;
using FarmAgent.Boards.Leases;

namespace FarmAgent.Boards.Tests.Leases;

/// <summary>Random schedules against the model: who holds what, who waits, and with which fence.</summary>
public sealed class LeaseModelTests
{
    private static readonly Gen<(int Verb, int Owner, int Choice)[]> Schedules =
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 5], Gen.Int[0, 30]).Array[1, 60];

    [Fact]
    public async Task Schedule_Random_FollowsTheModel() =>
        await Schedules.SampleAsync(
            async schedule =>
            {
                await using var run = await Run.StartAsync();
                foreach (var (verb, owner, choice) in schedule)
                {
                    await run.DoAsync(verb, $"o{owner}", choice);
                    run.Compare();
                }
            },
            iter: 400,
            threads: 1);

    private sealed class Run(LeaseBench bench) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        private readonly LeaseModel _model = new("b1", "b2");
        private readonly Dictionary<string, (Task<AcquireOutcome> Task, CancellationTokenSource Gone)> _asking = [];
        private readonly Dictionary<string, Stack<LeaseOperation>> _operations = [];

        public static async Task<Run> StartAsync() => new(await LeaseBench.StartAsync("b1", "b2"));

        public async Task DoAsync(int verb, string owner, int choice)
        {
            switch (verb)
            {
                case 0 or 1 or 2 when _model.HeldBy(owner) is null && !_asking.ContainsKey(owner):
                    await AskAsync(owner, choice);
                    break;
                case 3 when _model.HeldBy(owner) is { Ending: false } held:
                    _model.Release(owner);
                    var release = bench.Manager.ReleaseAsync(IdOf(owner), CancellationToken.None);
                    await (held.Operations == 0 ? release.WaitAsync(Patience) : Task.CompletedTask);
                    break;
                case 4 when _model.HeldBy(owner) is { Ending: false }:
                    _model.Renew(owner);
                    bench.Manager.Renew(IdOf(owner), null);
                    break;
                case 5 when _asking.Remove(owner, out var asking):
                    _model.Leave(owner);
                    await asking.Gone.CancelAsync();
                    await asking.Task.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Patience);
                    break;
                case 6 when _model.HeldBy(owner) is { Ending: false } held:
                    var begun = bench.Manager.BeginOperation(IdOf(owner), held.Board, "work");
                    _operations.TryAdd(owner, []);
                    _operations[owner].Push(begun);
                    _model.Begin(owner);
                    break;
                case 7 when _operations.TryGetValue(owner, out var running) && running.TryPop(out var operation):
                    if (_model.HeldBy(owner) is { } now && (now.Board, now.Fence) == (operation.Lease.Board, operation.Lease.Fence))
                    {
                        _model.EndOperation(owner);
                    }

                    operation.Dispose();
                    break;
                default:
                    for (var i = 0; i < choice; i++)
                    {
                        _model.Second();
                        bench.Pass(1);
                    }

                    break;
            }

            await ServedAsync();
        }

        public void Compare()
        {
            Assert.Equal(_model.Holders.Order(), bench.Manager.List().Select(l => (l.Board, l.Owner, l.Fence)).Order());
            Assert.Equal(_model.Line.Select(w => w.Owner), bench.Manager.ListWaiters().Select(w => w.Owner));
        }

        public ValueTask DisposeAsync() => bench.DisposeAsync();

        private async Task AskAsync(string owner, int choice)
        {
            var board = (choice % 3) switch { 0 => "b1", 1 => "b2", _ => null };
            var waits = choice > 5;
            var ttl = 5 + choice;
            var served = _model.Ask(owner, board is null ? ["b1", "b2"] : [board], ttl, waits);
            var gone = new CancellationTokenSource();
            var task = bench.Manager.AcquireAsync(LeaseBench.For(owner, board, ttl, waits ? 80_000 : 0), null, gone.Token);
            if (served || !waits)
            {
                Assert.Equal(served, (await task.WaitAsync(Patience)).IsGranted);
            }
            else
            {
                _asking[owner] = (task, gone);
            }
        }

        /// <summary>Whoever the model served meanwhile has its answer.</summary>
        private async Task ServedAsync()
        {
            foreach (var owner in _asking.Keys.Where(o => _model.Line.TrueForAll(w => w.Owner != o)).ToList())
            {
                Assert.True((await _asking[owner].Task.WaitAsync(Patience)).IsGranted);
                _asking.Remove(owner);
            }
        }

        private string IdOf(string owner) => bench.Manager.List().First(l => l.Owner == owner).Id;
    }
}
