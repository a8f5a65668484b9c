using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Bench;

/// <summary>Collects notices: equal ones are counted, the number of different ones is bounded (the oldest go).</summary>
internal sealed class NoticeBoard(IBenchTimeline timeline) : IUnmodelledLog
{
    private const int Capacity = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Source, string Text), LinkedListNode<BenchNotice>> _known = [];
    private readonly LinkedList<BenchNotice> _notices = [];

    /// <summary>All notices, in the order of their first occurrence.</summary>
    public IReadOnlyList<BenchNotice> List()
    {
        lock (_lock)
        {
            return [.. _notices];
        }
    }

    public void Add(string source, string text)
    {
        lock (_lock)
        {
            if (_known.TryGetValue((source, text), out var node))
            {
                node.Value = node.Value with { Count = node.Value.Count + 1 };
                return;
            }

            if (_notices.Count == Capacity && _notices.First is { } oldest)
            {
                _known.Remove((oldest.Value.Source, oldest.Value.Text));
                _notices.RemoveFirst();
            }

            _known[(source, text)] = _notices.AddLast(new BenchNotice(BenchTime.ToTimeSpan(timeline.Now), source, text, 1));
        }
    }

    /// <inheritdoc/>
    public void Note(string name, bool write) => Add("unmodelled", write ? $"{name} was written" : $"{name} was read");
}
